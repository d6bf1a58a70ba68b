package dev.diptych.store.memory.broken;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The broken read models, each with the tests that catch it. */
@SuppressWarnings("ImmutableEnumChecker") // stateless functions and an immutable list
enum ReadModelFault implements Fault {
    STARTS_AT_ONE(
            wrapping(CheckpointFaults.StartsAtOne::new),
            new Caught("a_new_read_model_is_empty_with_checkpoint_0", "expected: 0L"),
            Caught.byTimeout("events_from_before_and_after_the_start_are_applied", "the row a reaches 25"),
            Caught.byTimeout("a_runner_reports_its_name_and_state", "the row a reaches 3"),
            Caught.also("an_unreadable_event_stops_the_projection_and_is_reported"),
            Caught.byTimeout("a_batch_of_another_history_is_read_again"),
            Caught.also("a_batch_that_does_not_follow_the_checkpoint_changes_nothing"),
            Caught.also("a_rebuilt_read_model_has_the_same_rows"),
            Caught.byTimeout("closing_stops_a_failed_or_a_paused_runner"),
            Caught.byTimeout("the_next_batch_is_read_while_one_is_applied"),
            Caught.byTimeout("an_append_after_an_empty_read_ahead_is_not_missed"),
            Caught.also("an_event_that_cannot_be_applied_stops_the_projection_and_is_reported"),
            Caught.byTimeout("a_running_projection_can_be_rebuilt"),
            Caught.byTimeout("a_paused_projection_stays_behind_and_catches_up_when_resumed"),
            Caught.byTimeout("a_failed_projection_does_not_block_another"),
            Caught.also("a_failed_read_ahead_stops_only_the_next_batch_and_is_reported"),
            Caught.also("a_batch_of_another_history_changes_nothing")),
    CHECKPOINT_SEPARATE_FROM_ROWS(
            applying(CheckpointFaults::checkpointSeparateFromRows),
            new Caught("a_failed_batch_changes_neither_rows_nor_checkpoint", "Tally[key=a, sum=2"),
            new Caught(
                    "an_event_that_cannot_be_applied_stops_the_projection_and_is_reported",
                    "no event after the poisoned event is applied"),
            Caught.also("an_unreadable_event_stops_the_projection_and_is_reported")),
    ADVANCES_DESPITE_AN_ERROR(
            applying(CheckpointFaults::advancesDespiteAnError),
            new Caught("a_java_error_changes_neither_rows_nor_checkpoint", "expected: 1L")),
    COMMITS_TOO_EARLY(
            applying(CheckpointFaults::commitsTooEarly),
            new Caught("a_batch_that_ends_before_its_commit_changes_neither_rows_nor_checkpoint", "expected: 1L")),
    SKIPS_POISONED_EVENTS(
            applying(CheckpointFaults::skipsPoisonedEvents),
            new Caught("a_failed_batch_changes_neither_rows_nor_checkpoint", "Expecting code to raise a throwable"),
            Caught.byTimeout(
                    "an_event_that_cannot_be_applied_stops_the_projection_and_is_reported",
                    "the projection has failed at least 3 times"),
            Caught.byTimeout("closing_stops_a_failed_or_a_paused_runner", "the runner has failed"),
            Caught.byTimeout("a_failed_projection_does_not_block_another"),
            Caught.byTimeout("an_unreadable_event_stops_the_projection_and_is_reported"),
            Caught.byTimeout("an_unreadable_event_is_reported_after_a_gap_in_positions")),
    CHECKPOINT_STAYS(
            applying(CheckpointFaults::checkpointStays),
            new Caught("a_batch_updates_rows_and_checkpoint", "expected: 3L"),
            Caught.byTimeout("readers_are_not_blocked_while_a_batch_is_folded"),
            Caught.also("a_row_that_evolves_to_null_is_removed_and_can_be_created_again"),
            Caught.also("a_restart_resumes_from_the_checkpoint"),
            Caught.also("a_batch_that_ends_before_its_commit_changes_neither_rows_nor_checkpoint"),
            Caught.also("a_java_error_changes_neither_rows_nor_checkpoint"),
            Caught.also("a_failed_batch_changes_neither_rows_nor_checkpoint"),
            Caught.also("the_checkpoint_never_moves_back"),
            Caught.also("two_runners_never_apply_a_batch_twice"),
            Caught.also("the_checkpoint_advances_past_ignored_events"),
            Caught.also("a_batch_continues_from_the_rows_of_the_previous_batch"),
            Caught.also("read_models_do_not_affect_each_other"),
            Caught.also("keys_keep_any_unicode"),
            Caught.also("a_comparison_counts_and_shows_the_rows_that_differ"),
            Caught.also("a_comparison_needs_one_checkpoint"),
            Caught.also("a_comparison_shows_the_first_20_rows"),
            Caught.also("a_copy_is_built_beside_the_rows_that_serve"),
            Caught.also("a_copy_that_is_behind_does_not_take_over")),
    CHECKPOINT_AT_LAST_EVENT(
            applying(CheckpointFaults::checkpointAtLastEvent),
            new Caught("the_checkpoint_advances_past_ignored_events", "expected: 2L")),
    CHECKPOINT_GOES_BACK(
            wrapping(CheckpointFaults.CheckpointGoesBack::new),
            new Caught("the_checkpoint_never_moves_back", "was: 0L")),
    NO_COMPARE_AND_SET(
            applying(CheckpointFaults::noCompareAndSet),
            new Caught("a_batch_that_does_not_follow_the_checkpoint_changes_nothing", "to be false"),
            Caught.also("a_batch_that_ends_before_its_commit_changes_neither_rows_nor_checkpoint"),
            new Caught("the_checkpoint_never_moves_back", "to be false"),
            new Caught("two_runners_never_apply_a_batch_twice", "results of both runners for batch")),
    COMPARES_THEN_SETS(
            wrapping(CheckpointFaults.ComparesThenSets::new),
            new Caught("two_runners_never_apply_a_batch_twice", "results of both runners for batch")),
    CHECKPOINT_LOST_IN_CRASH(
            CheckpointFaults.CheckpointLostInCrash::new,
            new Caught("a_restart_resumes_from_the_checkpoint", "was: 0L"),
            Caught.also("two_runners_never_apply_a_batch_twice"),
            Caught.also("a_rebuilt_read_model_has_the_same_rows")),
    APPLIES_ANY_HISTORY(
            CheckpointFaults.AppliesAnyHistory::new,
            new Caught("a_batch_of_another_history_changes_nothing", "to be false")),
    SKIPS_OTHER_HISTORIES(
            CheckpointFaults.SkipsOtherHistories::new,
            new Caught("a_batch_of_another_history_changes_nothing", "was: 1L"),
            Caught.byTimeout("a_batch_of_another_history_is_read_again")),
    KEEPS_REMOVED_ROWS(
            folding(RowFaults.KeepsRemovedRows::new),
            new Caught("a_row_that_evolves_to_null_is_removed_and_can_be_created_again", "keys not expected"),
            Caught.also("a_rebuilt_read_model_has_the_same_rows")),
    LOSES_UNCHANGED_ROWS(
            folding(RowFaults.LosesUnchangedRows::new),
            new Caught("a_row_that_an_event_does_not_change_is_kept", "could not find")),
    CASE_INSENSITIVE_KEYS(
            folding(RowFaults.CaseInsensitiveKeys::new), new Caught("keys_keep_any_unicode", "the row of E")),
    LOSES_ROWS_BETWEEN_BATCHES(
            applying(RowFaults::losesRowsBetweenBatches),
            new Caught("a_batch_continues_from_the_rows_of_the_previous_batch", "was: Tally[key=a, sum=1"),
            Caught.also("a_batch_that_ends_before_its_commit_changes_neither_rows_nor_checkpoint"),
            Caught.also("the_checkpoint_advances_past_ignored_events"),
            Caught.also("a_java_error_changes_neither_rows_nor_checkpoint"),
            Caught.also("readers_are_not_blocked_while_a_batch_is_folded"),
            Caught.also("a_restart_resumes_from_the_checkpoint"),
            Caught.also("a_rebuilt_read_model_has_the_same_rows"),
            Caught.also("two_runners_never_apply_a_batch_twice"),
            Caught.also("a_failed_batch_changes_neither_rows_nor_checkpoint"),
            Caught.also("keys_keep_any_unicode"),
            Caught.also("a_row_that_evolves_to_null_is_removed_and_can_be_created_again"),
            Caught.also("a_row_that_an_event_does_not_change_is_kept"),
            Caught.also("a_copy_takes_over_with_its_rows_and_checkpoint")),
    TRUNCATES_LARGE_BATCHES(
            applying(RowFaults::truncatesLargeBatches),
            new Caught("a_batch_of_5000_events_is_applied_whole", "Expected size: 2001")),
    PARTIAL_BATCH(
            RowFaults.PartialBatch::new,
            new Caught("a_reader_never_sees_part_of_a_batch", "coins of a partially visible batch"),
            Caught.also("a_failed_batch_changes_neither_rows_nor_checkpoint")),
    READERS_BLOCK(
            RowFaults.ReadersBlock::new,
            Caught.byTimeout("readers_are_not_blocked_while_a_batch_is_folded", "the other thread releases the latch")),
    TAKES_OVER_IN_ALL(
            GenerationFaults.TakesOverInAll::new, new Caught("read_models_do_not_affect_each_other", "could not find")),
    COPY_IN_THE_ROWS_THAT_SERVE(
            wrapping(GenerationFaults.CopyInTheRowsThatServe::new),
            new Caught("a_copy_is_built_beside_the_rows_that_serve", "keys not expected"),
            Caught.also("a_comparison_counts_and_shows_the_rows_that_differ"),
            Caught.also("only_unused_rows_are_deleted")),
    TAKES_OVER_TOO_EARLY(
            wrapping(sound -> GenerationFaults.in(generations -> GenerationFaults.tooEarly(generations, sound))
                    .apply(sound)),
            new Caught("a_copy_that_is_behind_does_not_take_over", "to be false")),
    REQUIRES_A_LOST_CHECKPOINT(
            in(GenerationFaults::requiresLost),
            new Caught("a_copy_need_not_reach_a_lost_checkpoint", "to be true"),
            Caught.also("a_rebuilt_read_model_has_the_same_rows"),
            Caught.also("read_models_do_not_affect_each_other")),
    CANCELS_NOTHING(
            in(GenerationFaults::cancelsNothing),
            new Caught("a_cancelled_copy_neither_advances_nor_takes_over", "to be false"),
            Caught.also("a_generation_is_never_used_again"),
            Caught.also("only_unused_rows_are_deleted")),
    RESTARTS_A_REBUILD(
            in(GenerationFaults::restarts),
            new Caught("a_rebuild_that_is_started_again_continues", "expected: 2"),
            Caught.also("a_copy_that_is_compared_does_not_take_over_until_told_to")),
    REUSES_GENERATIONS(
            wrapping(GenerationFaults.ReusesGenerations::new),
            new Caught("a_generation_is_never_used_again", "duplicate")),
    TAKES_OVER_WHILE_COMPARING(
            in(GenerationFaults::takesOverWhileComparing),
            new Caught("a_copy_that_is_compared_does_not_take_over_until_told_to", "to be false")),
    TAKES_OVER_NOTHING(
            in(GenerationFaults::takesOverNothing),
            new Caught("a_copy_takes_over_with_its_rows_and_checkpoint", "keys not expected"),
            Caught.also("a_copy_need_not_reach_a_lost_checkpoint"),
            Caught.also("a_copy_that_is_behind_does_not_take_over"),
            Caught.also("a_copy_that_is_compared_does_not_take_over_until_told_to"),
            Caught.also("a_rebuilt_read_model_has_the_same_rows"),
            Caught.also("only_unused_rows_are_deleted"),
            Caught.also("read_models_do_not_affect_each_other")),
    COMPARES_NOTHING(
            in(GenerationFaults::comparesNothing), new Caught("a_comparison_needs_one_checkpoint", "to be false")),
    OVERLOOKS_DIFFERENT_ROWS(
            in(GenerationFaults::overlooksDifferentRows),
            new Caught("a_comparison_counts_and_shows_the_rows_that_differ", "only in the copy, and different")),
    SHOWS_ONE_ROW(
            in(GenerationFaults::showsOneRow), new Caught("a_comparison_shows_the_first_20_rows", "Expected size: 20")),
    DELETES_THE_COPY(
            in(GenerationFaults::deletesTheCopy), new Caught("only_unused_rows_are_deleted", "keys not expected")),
    EMPTIES_FIRST(
            GenerationFaults.EmptiesFirst::new,
            new Caught("a_reader_sees_one_generation_at_a_time", "the rows during rebuilds")),
    ONE_FAILURE_STOPS_ALL(
            RowFaults.OneFailureStopsAll::new,
            Caught.byTimeout("a_failed_projection_does_not_block_another", "the row total reaches 6"),
            Caught.also("a_failed_batch_changes_neither_rows_nor_checkpoint"),
            Caught.also("an_event_that_cannot_be_applied_stops_the_projection_and_is_reported"),
            Caught.also("an_unreadable_event_stops_the_projection_and_is_reported"),
            Caught.also("an_unreadable_event_is_reported_after_a_gap_in_positions"));

    private final Function<String, WrappedTallies> broken;
    private final List<Caught> caught;

    ReadModelFault(Function<String, WrappedTallies> broken, Caught... caught) {
        this.broken = broken;
        this.caught = List.of(caught);
    }

    private static Function<String, WrappedTallies> wrapping(UnaryOperator<ReadModelStore> wrapper) {
        return history -> new CheckpointFaults.Wrapping(history, wrapper);
    }

    private static Function<String, WrappedTallies> in(UnaryOperator<Generations> fault) {
        return wrapping(GenerationFaults.in(fault));
    }

    private static Function<String, WrappedTallies> applying(BiPredicate<ReadModelStore, Batch> fault) {
        return wrapping(sound -> new WrappedTallies.WrappedReadModel(sound) {
            @Override
            public boolean apply(Batch batch) {
                return fault.test(model, batch);
            }
        });
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
