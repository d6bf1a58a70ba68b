package dev.diptych.api.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests by SHA-256 (FIPS 180-4). */
final class Sha256 {

    private Sha256() {}

    /** The digest of some bytes, or of several pieces of them, one behind the other. */
    static byte[] of(byte[]... pieces) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
