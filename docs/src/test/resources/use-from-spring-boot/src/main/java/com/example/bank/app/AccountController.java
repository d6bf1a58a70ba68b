package com.example.bank.app;

import com.example.bank.accounts.read.Balance;
import com.example.bank.accounts.write.AccountCommand;
import com.example.bank.accounts.write.AccountCommand.DepositMoney;
import com.example.bank.accounts.write.AccountCommand.OpenAccount;
import com.example.bank.core.command.CommandBus;
import com.example.bank.core.command.CommandResult;
import com.example.bank.store.postgres.accounts.PostgresBalances;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Commands and a query over HTTP. A refused command is a value, so there is no exception handler. */
@RestController
class AccountController {

    private final CommandBus commands;
    private final PostgresBalances balances;

    AccountController(CommandBus commands, PostgresBalances balances) {
        this.commands = commands;
        this.balances = balances;
    }

    @PostMapping("/accounts/{id}")
    ResponseEntity<String> open(@PathVariable("id") String id, @RequestParam("owner") String owner) {
        return answer(new OpenAccount(id, owner));
    }

    @PostMapping("/accounts/{id}/deposits")
    ResponseEntity<String> deposit(@PathVariable("id") String id, @RequestParam("cents") long cents) {
        return answer(new DepositMoney(id, cents));
    }

    @GetMapping("/accounts/{id}")
    ResponseEntity<Balance> balance(@PathVariable("id") String id) {
        return ResponseEntity.of(balances.find(id).value());
    }

    private ResponseEntity<String> answer(AccountCommand command) {
        return switch (commands.dispatch(command)) {
            case CommandResult.Accepted accepted ->
                ResponseEntity.accepted()
                        .eTag("\"" + accepted.receipt().version() + "\"")
                        .body("accepted");
            case CommandResult.Rejected rejected ->
                ResponseEntity.status(HttpStatus.CONFLICT).body(rejected.rejection().message());
            case CommandResult.NotFound missing -> ResponseEntity.notFound().build();
            case CommandResult.Conflict conflict ->
                ResponseEntity.status(HttpStatus.CONFLICT).body(conflict.conflict().message());
            case CommandResult.CommandIdTaken taken -> ResponseEntity.unprocessableContent().build();
        };
    }
}
