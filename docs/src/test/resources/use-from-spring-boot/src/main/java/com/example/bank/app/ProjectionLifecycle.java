package com.example.bank.app;

import com.example.bank.core.projection.ProjectionRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts projections before the web server accepts requests, and stops them after it has finished the last one. */
@Component
class ProjectionLifecycle implements SmartLifecycle {

    private final ProjectionRunner runner;
    private volatile boolean running;

    ProjectionLifecycle(ProjectionRunner runner) {
        this.runner = runner;
    }

    @Override
    public void start() {
        runner.start();
        running = true;
    }

    @Override
    public void stop() {
        runner.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0; // the web server has a higher one: it starts later and stops earlier
    }
}
