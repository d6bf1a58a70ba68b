package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The broken read models, with the tests by which each is caught. */
@SuppressWarnings("ImmutableEnumChecker") // functions that keep nothing, and a list that cannot be changed
enum ReadModelFault implements Fault {
    STARTS_AT_ONE(
            wrapping(CheckpointFaults.StartsAtOne::new),
            new Caught(ReadModelRun.class, "a_new_read_model_is_empty_and_at_0", "expected: 0L"),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "events_from_before_and_after_the_start_are_applied",
                    "the row a reaches 25"),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "the_status_says_how_far_it_is_and_who_does_the_work",
                    "the row a reaches 3"),
            Caught.also(
                    ProjectionRunnerRun.class, "an_event_that_cannot_be_read_stops_the_projection_there_and_is_seen"),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "a_checkpoint_beyond_the_last_event_is_a_failure_that_a_rebuild_mends",
                    ""),
            Caught.inVain(ProjectionRunnerRun.class, "a_batch_that_was_read_in_another_history_is_read_again", ""),
            Caught.also(ReadModelRun.class, "a_batch_that_begins_elsewhere_changes_nothing"),
            Caught.also(ReadModelRun.class, "a_read_model_that_is_built_again_equals_the_one_before"),
            Caught.inVain(
                    ProjectionRunnerRun.class, "a_runner_that_is_closed_ends_its_thread_whatever_it_is_doing", ""),
            Caught.inVain(ProjectionRunnerRun.class, "the_next_batch_is_read_while_one_is_applied", ""),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "an_append_after_the_next_batch_was_read_ahead_is_not_left_for_the_next_wake_up",
                    ""),
            Caught.also(
                    ProjectionRunnerRun.class,
                    "an_event_that_cannot_be_applied_stops_the_projection_there_and_is_seen"),
            Caught.inVain(ProjectionRunnerRun.class, "a_projection_can_be_built_again_while_it_runs", ""),
            Caught.inVain(ProjectionRunnerRun.class, "a_paused_projection_waits_and_catches_up_when_it_is_resumed", ""),
            Caught.inVain(ProjectionRunnerRun.class, "a_projection_that_has_failed_does_not_hold_up_another", ""),
            Caught.also(
                    ProjectionRunnerRun.class,
                    "what_goes_wrong_while_the_next_batch_is_read_stops_only_that_one_and_is_seen"),
            Caught.also(ReadModelRun.class, "a_batch_of_another_history_changes_nothing")),
    CHECKPOINT_APART_FROM_ROWS(
            wrapping(CheckpointFaults.CheckpointApartFromRows::new),
            new Caught(
                    ReadModelRun.class, "a_batch_that_fails_changes_neither_rows_nor_checkpoint", "Tally[key=a, sum=2"),
            new Caught(
                    ProjectionRunnerRun.class,
                    "an_event_that_cannot_be_applied_stops_the_projection_there_and_is_seen",
                    "nothing after the event is applied")),
    MOVES_IN_SPITE_OF_AN_ERROR(
            wrapping(CheckpointFaults.MovesInSpiteOfAnError::new),
            new Caught(
                    ReadModelRun.class,
                    "a_batch_that_ends_in_an_error_of_the_machine_changes_neither_rows_nor_checkpoint",
                    "expected: 1L")),
    SKIPS_POISONED_EVENTS(
            wrapping(CheckpointFaults.SkipsPoisonedEvents::new),
            new Caught(
                    ReadModelRun.class,
                    "a_batch_that_fails_changes_neither_rows_nor_checkpoint",
                    "Expecting code to raise a throwable"),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "an_event_that_cannot_be_applied_stops_the_projection_there_and_is_seen",
                    "the projection has failed, more than once"),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "a_runner_that_is_closed_ends_its_thread_whatever_it_is_doing",
                    "it has failed"),
            Caught.inVain(ProjectionRunnerRun.class, "a_projection_that_has_failed_does_not_hold_up_another", "")),
    CHECKPOINT_STAYS(
            wrapping(CheckpointFaults.CheckpointStays::new),
            new Caught(ReadModelRun.class, "a_batch_moves_rows_and_checkpoint", "expected: 3L"),
            Caught.inVain(ReadModelRun.class, "reading_does_not_wait_for_a_batch_that_is_being_folded", ""),
            Caught.also(ReadModelRun.class, "a_row_that_comes_to_nothing_is_removed_and_may_come_back"),
            Caught.also(ReadModelRun.class, "a_crash_between_batches_resumes_exactly"),
            Caught.also(
                    ReadModelRun.class,
                    "a_batch_that_ends_in_an_error_of_the_machine_changes_neither_rows_nor_checkpoint"),
            Caught.also(ReadModelRun.class, "a_batch_that_fails_changes_neither_rows_nor_checkpoint"),
            Caught.also(ReadModelRun.class, "the_checkpoint_never_moves_back"),
            Caught.also(ReadModelRun.class, "two_runners_never_apply_a_batch_twice"),
            Caught.also(ReadModelRun.class, "the_checkpoint_moves_past_events_that_the_projection_ignores"),
            Caught.also(ReadModelRun.class, "the_next_batch_goes_on_from_the_rows_of_the_one_before"),
            Caught.also(ReadModelRun.class, "read_models_do_not_touch_each_other"),
            Caught.also(ReadModelRun.class, "keys_keep_any_unicode")),
    CHECKPOINT_AT_LAST_EVENT(
            wrapping(CheckpointFaults.CheckpointAtLastEvent::new),
            new Caught(
                    ReadModelRun.class,
                    "the_checkpoint_moves_past_events_that_the_projection_ignores",
                    "expected: 2L")),
    CHECKPOINT_GOES_BACK(
            wrapping(CheckpointFaults.CheckpointGoesBack::new),
            new Caught(ReadModelRun.class, "the_checkpoint_never_moves_back", "was: 0L")),
    NO_COMPARE_AND_SET(
            wrapping(CheckpointFaults.NoCompareAndSet::new),
            new Caught(ReadModelRun.class, "a_batch_that_begins_elsewhere_changes_nothing", "to be false"),
            new Caught(ReadModelRun.class, "the_checkpoint_never_moves_back", "to be false"),
            new Caught(ReadModelRun.class, "two_runners_never_apply_a_batch_twice", "who applied batch")),
    COMPARES_THEN_SETS(
            wrapping(CheckpointFaults.ComparesThenSets::new),
            new Caught(ReadModelRun.class, "two_runners_never_apply_a_batch_twice", "who applied batch")),
    CHECKPOINT_LOST_IN_CRASH(
            CheckpointFaults.CheckpointLostInCrash::new,
            new Caught(ReadModelRun.class, "a_crash_between_batches_resumes_exactly", "was: 0L"),
            Caught.also(ReadModelRun.class, "two_runners_never_apply_a_batch_twice")),
    APPLIES_ANY_HISTORY(
            CheckpointFaults.AppliesAnyHistory::new,
            new Caught(ReadModelRun.class, "a_batch_of_another_history_changes_nothing", "to be false")),
    SKIPS_OTHER_HISTORIES(
            CheckpointFaults.SkipsOtherHistories::new,
            new Caught(ReadModelRun.class, "a_batch_of_another_history_changes_nothing", "was: 1L"),
            Caught.inVain(ProjectionRunnerRun.class, "a_batch_that_was_read_in_another_history_is_read_again", "")),
    KEEPS_REMOVED_ROWS(
            folding(RowFaults.KeepsRemovedRows::new),
            new Caught(
                    ReadModelRun.class,
                    "a_row_that_comes_to_nothing_is_removed_and_may_come_back",
                    "keys not expected"),
            Caught.also(ReadModelRun.class, "a_read_model_that_is_built_again_equals_the_one_before")),
    LOSES_UNCHANGED_ROWS(
            folding(RowFaults.LosesUnchangedRows::new),
            new Caught(ReadModelRun.class, "a_row_that_an_event_leaves_as_it_was_stays", "could not find")),
    KEYS_WITHOUT_CASE(
            folding(RowFaults.KeysWithoutCase::new),
            new Caught(ReadModelRun.class, "keys_keep_any_unicode", "the row of E")),
    FORGETS_ROWS_BETWEEN_BATCHES(
            wrapping(RowFaults.ForgetsRowsBetweenBatches::new),
            new Caught(
                    ReadModelRun.class,
                    "the_next_batch_goes_on_from_the_rows_of_the_one_before",
                    "was: Tally[key=a, sum=1"),
            Caught.also(ReadModelRun.class, "the_checkpoint_moves_past_events_that_the_projection_ignores"),
            Caught.also(
                    ReadModelRun.class,
                    "a_batch_that_ends_in_an_error_of_the_machine_changes_neither_rows_nor_checkpoint"),
            Caught.also(ReadModelRun.class, "reading_does_not_wait_for_a_batch_that_is_being_folded"),
            Caught.also(ReadModelRun.class, "a_crash_between_batches_resumes_exactly"),
            Caught.also(ReadModelRun.class, "a_read_model_that_is_built_again_equals_the_one_before"),
            Caught.also(ReadModelRun.class, "two_runners_never_apply_a_batch_twice"),
            Caught.also(ReadModelRun.class, "a_batch_that_fails_changes_neither_rows_nor_checkpoint"),
            Caught.also(ReadModelRun.class, "keys_keep_any_unicode"),
            Caught.also(ReadModelRun.class, "a_row_that_comes_to_nothing_is_removed_and_may_come_back"),
            Caught.also(ReadModelRun.class, "a_row_that_an_event_leaves_as_it_was_stays")),
    CUTS_LARGE_BATCHES(
            wrapping(RowFaults.CutsLargeBatches::new),
            new Caught(ReadModelRun.class, "a_large_batch_is_one_batch", "Expected size: 2001")),
    PARTIAL_BATCH(
            RowFaults.PartialBatch::new,
            new Caught(
                    ReadModelRun.class,
                    "a_reader_never_sees_a_part_of_a_batch",
                    "coins of a batch that is seen in part"),
            Caught.also(ReadModelRun.class, "a_batch_that_fails_changes_neither_rows_nor_checkpoint")),
    READERS_WAIT(
            RowFaults.ReadersWait::new,
            Caught.inVain(
                    ReadModelRun.class,
                    "reading_does_not_wait_for_a_batch_that_is_being_folded",
                    "waited in vain for the other thread")),
    RESETS_ALL(
            RowFaults.ResetsAll::new,
            new Caught(ReadModelRun.class, "read_models_do_not_touch_each_other", "could not find")),
    FORGETS_TO_RESET(
            wrapping(RowFaults.ForgetsToReset::new),
            new Caught(ReadModelRun.class, "a_read_model_that_is_built_again_equals_the_one_before", "Expecting empty"),
            Caught.inVain(ProjectionRunnerRun.class, "a_projection_can_be_built_again_while_it_runs", "the row"),
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "a_checkpoint_beyond_the_last_event_is_a_failure_that_a_rebuild_mends",
                    ""),
            Caught.also(ReadModelRun.class, "read_models_do_not_touch_each_other")),
    FORGETS_TO_BEGIN_AGAIN(
            RowFaults.ForgetsToBeginAgain::new,
            new Caught(ReadModelRun.class, "a_read_model_that_is_built_again_equals_the_one_before", "expected: 0L")),
    ONE_FAILURE_STOPS_ALL(
            RowFaults.OneFailureStopsAll::new,
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "a_projection_that_has_failed_does_not_hold_up_another",
                    "the row total reaches 6"),
            Caught.also(ReadModelRun.class, "a_batch_that_fails_changes_neither_rows_nor_checkpoint"),
            Caught.also(
                    ProjectionRunnerRun.class,
                    "an_event_that_cannot_be_applied_stops_the_projection_there_and_is_seen"));

    private final Function<String, WrappedTallies> broken;
    private final List<Caught> caught;

    ReadModelFault(Function<String, WrappedTallies> broken, Caught... caught) {
        this.broken = broken;
        this.caught = List.of(caught);
    }

    private static Function<String, WrappedTallies> wrapping(UnaryOperator<ReadModelStore> wrapper) {
        return history -> new CheckpointFaults.Wrapping(history, wrapper);
    }

    private static Function<String, WrappedTallies> folding(UnaryOperator<Projection<Coin, Tally>> wrapper) {
        return history -> new RowFaults.Folding(history, wrapper);
    }

    @Override
    public WrappedTallies newTallies(String history) {
        return broken.apply(history);
    }

    @Override
    public List<Caught> caught() {
        return caught;
    }
}
