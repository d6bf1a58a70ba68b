package dev.diptych.core.subscriptions.automation;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.subscriptions.automation.DueRenewals.DueRenewal;

/**
 * The to-do lists of subscriptions: a port that each store implements, with their read models among those of the views.
 */
public interface SubscriptionTodoLists {

    /** The next month of each running subscription. */
    TodoList<DueRenewal> renewals();
}
