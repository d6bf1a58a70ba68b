package dev.diptych.api.page;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Makes an animated GIF of pictures of equal size; of each, only what differs from the one before is kept. */
final class MovingPicture {

    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final byte[] FOREVER = {1, 0, 0};

    private record Frame(BufferedImage image, Duration at) {}

    private final List<Frame> frames = new ArrayList<>();

    /** Adds a picture that was taken at a time since any beginning; one without a difference is left out. */
    void add(BufferedImage image, Duration at) {
        if (frames.isEmpty() || !difference(frames.getLast().image(), image).isEmpty()) {
            frames.add(new Frame(image, at));
        }
    }

    /** Returns the GIF, which shows each picture until the next one was taken, and the last one for a time. */
    byte[] gif(Duration last) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames.size(); i++) {
                Duration end = i + 1 < frames.size()
                        ? frames.get(i + 1).at()
                        : frames.get(i).at().plus(last);
                write(writer, i, end.minus(frames.get(i).at()));
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private void write(ImageWriter writer, int i, Duration shown) throws IOException {
        BufferedImage image = frames.get(i).image();
        Rectangle part = i == 0
                ? new Rectangle(image.getWidth(), image.getHeight())
                : difference(frames.get(i - 1).image(), image);
        BufferedImage changed = image.getSubimage(part.x, part.y, part.width, part.height);
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(changed), null);
        var root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode place = child(root, "ImageDescriptor");
        place.setAttribute("imageLeftPosition", String.valueOf(part.x));
        place.setAttribute("imageTopPosition", String.valueOf(part.y));
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", String.valueOf(Math.max(2, shown.toMillis() / 10)));
        if (i == 0) {
            var loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(FOREVER);
            child(root, "ApplicationExtensions").appendChild(loop);
        }
        metadata.setFromTree(FORMAT, root);
        writer.writeToSequence(new IIOImage(changed, null, metadata), null);
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        var added = new IIOMetadataNode(name);
        root.appendChild(added);
        return added;
    }

    private static Rectangle difference(BufferedImage before, BufferedImage after) {
        var part = new Rectangle(-1, -1);
        for (int y = 0; y < after.getHeight(); y++) {
            for (int x = 0; x < after.getWidth(); x++) {
                if (before.getRGB(x, y) != after.getRGB(x, y)) {
                    part.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return part;
    }
}
