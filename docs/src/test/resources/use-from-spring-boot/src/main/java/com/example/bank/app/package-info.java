/** A Spring Boot application on the store. */
package com.example.bank.app;
