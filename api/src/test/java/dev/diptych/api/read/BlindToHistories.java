package dev.diptych.api.read;

import dev.diptych.api.Store;
import dev.diptych.core.customers.read.CustomerViews;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.orders.read.OrderViews;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Checkpoints;
import dev.diptych.core.query.ProjectionProgress;
import dev.diptych.core.subscriptions.read.SubscriptionViews;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Planted fault: views that state the same history for every answer. */
final class BlindToHistories {

    private BlindToHistories() {}

    static Store.Read of(Store.Read read, String history) {
        Store.Contexts contexts = read.contexts();
        return new Store.Read(
                new OneHistory(read.checkpoints()),
                new Store.Contexts(
                        blind(OrderViews.class, contexts.orders(), history),
                        contexts.orderTodoLists(),
                        blind(SubscriptionViews.class, contexts.subscriptions(), history),
                        contexts.subscriptionTodoLists(),
                        blind(CustomerViews.class, contexts.customers(), history),
                        contexts.renewals(),
                        contexts.automations()));
    }

    /** Wraps the views of a context, or one view: changes its answers. */
    private static <T> T blind(Class<T> port, Object of, String history) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return changed(method, call(of, method, arguments), history);
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private static Object changed(Method method, Object result, String history) {
        if (result instanceof Answer<?> answer) {
            return new Answer<>(answer.value(), new Place(history, answer.upTo().position()), answer.generation());
        }
        Class<?> type = method.getReturnType();
        boolean isView = type.isInterface() && type.getPackageName().startsWith("dev.diptych.core");
        return isView ? blind(type, result, history) : result;
    }

    private static Object call(Object of, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(of, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private record OneHistory(Checkpoints of) implements Checkpoints {
        @Override
        public HistoryStatus statusOf(String history) {
            return HistoryStatus.PRESENT;
        }

        @Override
        public Map<String, ProjectionProgress> progress() {
            return of.progress();
        }
    }
}
