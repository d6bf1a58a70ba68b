package com.example.bank.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application. */
@SpringBootApplication
public class BankApplication {

    /** Creates the application; Spring does. */
    public BankApplication() {}

    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(BankApplication.class, args);
    }
}
