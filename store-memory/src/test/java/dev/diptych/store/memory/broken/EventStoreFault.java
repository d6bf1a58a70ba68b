package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The broken event stores, each with the tests that catch it. */
@SuppressWarnings("ImmutableEnumChecker") // stateless suppliers and an immutable list
enum EventStoreFault implements Fault {
    NO_STREAM_AS_ANY(
            appending(AppendFaults::noStreamAsAny),
            new Caught(
                    "the_no_stream_expectation_accepts_only_a_new_stream",
                    "Appended[receipt=Receipt[stream=lamp-1, version=2"),
            new Caught("an_append_with_a_conflict_stores_no_events", "not expected:"),
            new Caught("a_race_to_begin_a_stream_has_exactly_one_winner", "winners of round"),
            Caught.also("a_conflict_does_not_store_the_command_id"),
            Caught.also("an_append_without_events_checks_the_expected_version"),
            Caught.also("the_head_is_the_position_of_the_last_event_or_0")),
    ANY_AS_NO_STREAM(
            appending(AppendFaults::anyAsNoStream),
            new Caught("any_version_accepts_every_stream", "Conflict[stream=lamp-1, expected=no stream, actual=1,"),
            Caught.byTimeout("no_wake_up_is_lost"),
            Caught.also("a_reader_does_not_miss_an_append_that_commits_late"),
            Caught.also("positions_increase_across_streams_in_append_order"),
            Caught.also("all_events_are_read_in_pages_of_any_size"),
            Caught.also("pruning_removes_expired_command_ids_but_not_their_events"),
            Caught.also("versions_start_at_1_without_gaps_in_each_stream"),
            Caught.byTimeout("an_idle_reader_is_woken_by_the_next_append"),
            Caught.also("an_append_becomes_visible_atomically"),
            Caught.also("a_repeated_command_without_events_returns_the_first_receipt"),
            Caught.also("a_conflict_does_not_store_the_command_id"),
            Caught.also("a_receipt_holds_the_version_and_position_of_the_last_event")),
    EXISTS_AS_ANY(
            appending(AppendFaults::existsAsAny),
            new Caught("exists_accepts_any_version_of_an_existing_stream", "was: Appended")),
    CONFLICT_WITHOUT_ACTUAL(
            appending(AppendFaults::conflictWithoutActual),
            new Caught(
                    "an_exact_version_accepts_only_that_version",
                    "was: Conflict[stream=lamp-1, expected=version 1, actual=0,"),
            Caught.also("an_append_without_events_checks_the_expected_version"),
            Caught.also("the_no_stream_expectation_accepts_only_a_new_stream"),
            Caught.also("a_race_for_one_version_has_exactly_one_winner"),
            Caught.also("an_expected_version_of_another_history_is_a_conflict")),
    EMPTY_APPEND_UNCHECKED(
            appending(AppendFaults::emptyAppendUnchecked),
            new Caught("an_append_without_events_checks_the_expected_version", "was: Appended")),
    EMPTY_APPEND_WITHOUT_RECEIPT(
            appending(AppendFaults::emptyAppendWithoutReceipt),
            new Caught(
                    "an_append_without_events_returns_a_receipt_of_the_last_event",
                    "was: Appended[receipt=Receipt[stream=lamp-1, version=0"),
            Caught.also("a_repeated_command_without_events_returns_the_first_receipt")),
    STORES_BEFORE_IT_CHECKS(
            appending(AppendFaults::storesBeforeItChecks),
            new Caught("an_append_with_a_conflict_stores_no_events", "not expected:"),
            Caught.also("an_exact_version_accepts_only_that_version"),
            Caught.also("a_conflict_does_not_store_the_command_id"),
            Caught.also("exists_accepts_any_version_of_an_existing_stream"),
            Caught.also("a_race_to_begin_a_stream_has_exactly_one_winner"),
            Caught.also("a_race_for_one_version_has_exactly_one_winner"),
            Caught.also("the_head_is_the_position_of_the_last_event_or_0"),
            Caught.also("an_expected_version_of_another_history_is_a_conflict")),
    PARTIAL_APPEND(
            AppendFaults.PartialAppend::new,
            new Caught("an_append_becomes_visible_atomically", "events of a partially visible append")),
    TRUNCATES_LARGE_APPENDS(
            appending(AppendFaults::truncatesLargeAppends),
            new Caught("an_append_of_2000_events_is_stored_whole", "expected: 2000L")),
    RECEIPT_OF_FIRST_EVENT(
            appending(AppendFaults::receiptOfFirstEvent),
            new Caught(
                    "a_receipt_holds_the_version_and_position_of_the_last_event",
                    "was: Receipt[stream=lamp-1, version=1"),
            Caught.also("an_append_of_2000_events_is_stored_whole"),
            Caught.also("the_head_is_the_position_of_the_last_event_or_0")),
    CHECKS_THEN_APPENDS(
            AppendFaults.ChecksThenAppends::new,
            new Caught("a_race_for_one_version_has_exactly_one_winner", "winners of round"),
            new Caught("a_race_to_begin_a_stream_has_exactly_one_winner", "winners of round")),
    KEEPS_THE_CALLERS_LIST(
            AppendFaults.KeepsTheCallersList::new,
            new Caught("changing_an_appended_list_does_not_change_the_store", "changed")),
    REPEATS_STORE_TWICE(
            appending(CommandIdFaults::repeatsStoreTwice),
            new Caught("a_repeated_command_returns_the_first_receipt_and_stores_nothing", "not expected:"),
            new Caught("a_race_with_one_command_id_stores_once_and_returns_one_receipt", "Expected size: 1 but was: 6"),
            Caught.also("a_repeated_command_without_events_returns_the_first_receipt"),
            Caught.also("a_command_id_is_stored_when_the_stream_does_not_exist"),
            Caught.also("a_repeated_command_returns_the_first_receipt_after_later_appends")),
    REPEATS_RETURN_CURRENT_RECEIPT(
            appending(CommandIdFaults::repeatsReturnCurrentReceipt),
            new Caught(
                    "a_repeated_command_returns_the_first_receipt_after_later_appends",
                    "was: Repeated[first=Receipt[stream=lamp-1, version=3"),
            Caught.also("a_repeated_command_without_events_returns_the_first_receipt")),
    COMMAND_ID_ONLY_WITH_EVENTS(
            appending(CommandIdFaults::commandIdOnlyWithEvents),
            new Caught("a_repeated_command_without_events_returns_the_first_receipt", "was: Appended"),
            new Caught("a_command_id_is_stored_when_the_stream_does_not_exist", "was: Appended"),
            Caught.also("pruning_removes_the_oldest_command_ids_up_to_the_limit")),
    VERSION_BEFORE_COMMAND_ID(
            appending(CommandIdFaults::versionBeforeCommandId),
            new Caught("the_command_id_is_checked_before_the_expected_version", "was: Conflict"),
            Caught.also("a_repeated_command_returns_the_first_receipt_and_stores_nothing")),
    FINGERPRINT_IGNORED(
            appending(CommandIdFaults::fingerprintIgnored),
            new Caught("a_command_id_with_another_fingerprint_is_refused", "was: Repeated")),
    COMMAND_IDS_PER_STREAM(
            appending(CommandIdFaults::commandIdsPerStream),
            new Caught("a_command_id_on_another_stream_is_refused", "was: Appended"),
            new Caught(
                    "a_race_with_one_command_id_across_streams_stores_on_one_stream", "Expected size: 1 but was: 6")),
    CONFLICT_USES_UP_THE_ID(
            appending(CommandIdFaults::conflictUsesUpTheId),
            new Caught("a_conflict_does_not_store_the_command_id", "containing value: StampedReceipt")),
    CASE_INSENSITIVE_COMMAND_IDS(
            CommandIdFaults.CaseInsensitiveCommandIds::new,
            new Caught("a_stored_command_id_can_be_looked_up", "the result for the same id in upper case")),
    PRUNES_NOTHING(
            CommandIdFaults.PrunesNothing::new,
            new Caught(
                    "pruning_removes_expired_command_ids_but_not_their_events",
                    "the number of pruned ids of the minimum age"),
            Caught.also("pruning_removes_the_oldest_command_ids_up_to_the_limit")),
    PRUNES_YOUNG_IDS(
            CommandIdFaults.PrunesYoungIds::new,
            new Caught(
                    "pruning_removes_expired_command_ids_but_not_their_events",
                    "the number of pruned ids younger than the minimum age"),
            new Caught("no_command_id_is_pruned_within_a_day", "expected: 0")),
    PRUNES_WITHOUT_LIMIT(
            CommandIdFaults.PrunesWithoutLimit::new,
            new Caught("pruning_removes_the_oldest_command_ids_up_to_the_limit", "expected: 2")),
    PRUNES_WITHIN_A_DAY(
            CommandIdFaults.PrunesWithinADay::new,
            new Caught("no_command_id_is_pruned_within_a_day", "Expecting code to raise a throwable")),
    CHECKS_IDS_THEN_APPENDS(
            CommandIdFaults.ChecksIdsThenAppends::new,
            new Caught("a_race_with_one_command_id_stores_once_and_returns_one_receipt", "receipts of round"),
            Caught.also("a_race_with_one_command_id_across_streams_stores_on_one_stream")),
    SAME_HISTORY_FOR_ALL_STORES(
            SameHistoryForAllStores::new, new Caught("each_store_has_its_own_history", "the history of another store")),
    PAGES_WITHOUT_HISTORY(
            HistoryFaults.PagesWithoutHistory::new,
            new Caught("every_page_names_its_history", "the history of an empty page")),
    STREAMS_WITHOUT_HISTORY(
            HistoryFaults.StreamsWithoutHistory::new,
            new Caught("every_page_names_its_history", "the history of an empty page")),
    ACCEPTS_VERSIONS_OF_ANY_HISTORY(
            appending(HistoryFaults::acceptsVersionsOfAnyHistory),
            new Caught("an_expected_version_of_another_history_is_a_conflict", "was: Appended")),
    VERSIONS_OVER_ALL_STREAMS(
            reading(event -> ReadFaults.at(event, event.position(), event.position())),
            new Caught("versions_start_at_1_without_gaps_in_each_stream", "[1L, 2L, 4L]")),
    POSITIONS_PER_STREAM(
            reading(event -> ReadFaults.at(event, event.version(), event.version())),
            new Caught("positions_increase_across_streams_in_append_order", "positions increase strictly"),
            Caught.also("a_receipt_holds_the_version_and_position_of_the_last_event"),
            Caught.also("all_events_are_read_in_pages_of_any_size"),
            Caught.also("a_reader_does_not_miss_an_append_that_commits_late"),
            Caught.also("pruning_removes_expired_command_ids_but_not_their_events")),
    HEAD_OF_THE_LAST_READ(
            HeadFaults.HeadOfTheLastRead::new,
            new Caught("the_head_is_the_position_of_the_last_event_or_0", "expected: 2L"),
            new Caught(
                    "a_paused_projection_stays_behind_and_catches_up_when_resumed", "the lag of a paused projection"),
            new Caught(
                    "a_checkpoint_beyond_the_last_event_fails_until_a_rebuild",
                    "the checkpoint, 100 beyond the last event"),
            Caught.also("an_append_with_a_conflict_stores_no_events")),
    HEAD_COUNTS_REFUSED_EVENTS(
            HeadFaults.HeadCountsRefusedEvents::new,
            new Caught("the_head_is_the_position_of_the_last_event_or_0", "the head after a refused append")),
    HEAD_COUNTS_RESERVED_POSITIONS(
            HeadFaults.HeadCountsReservedPositions::new,
            new Caught("the_head_is_the_position_of_the_last_event_or_0", "was: 100L"),
            Caught.byTimeout("events_from_before_and_after_the_start_are_applied"),
            Caught.byTimeout("a_runner_reports_its_name_and_state"),
            Caught.byTimeout("a_paused_projection_stays_behind_and_catches_up_when_resumed")),
    HEAD_FOLLOWS_READERS(
            HeadFaults.HeadFollowsReaders::new,
            Caught.byTimeout("a_checkpoint_beyond_the_last_event_fails_until_a_rebuild", "the runner has failed")),
    MISSING_STREAMS_FAIL(
            ReadFaults.MissingStreamsFail::new,
            new Caught("a_stream_that_does_not_exist_has_no_events", "There is no stream lamp-1"),
            Caught.also("a_read_rejects_arguments_out_of_range"),
            Caught.also("a_command_id_is_stored_when_the_stream_does_not_exist"),
            Caught.also("every_page_names_its_history")),
    SKIPS_ONE_BETWEEN_PAGES(
            continuing(after -> after + 1),
            new Caught("a_stream_is_read_in_pages_of_any_size", "could not find"),
            new Caught("all_events_are_read_in_pages_of_any_size", "could not find"),
            Caught.also("a_page_begins_after_the_last_event_of_the_previous_page")),
    REPEATS_ONE_BETWEEN_PAGES(
            continuing(after -> after - 1),
            new Caught("all_events_are_read_in_pages_of_any_size", "the first position of the page after position 1"),
            Caught.also("a_stream_is_read_in_pages_of_any_size"),
            Caught.also("a_page_begins_after_the_last_event_of_the_previous_page")),
    PAGES_START_OVER(
            continuing(after -> 0),
            new Caught("a_stream_is_read_in_pages_of_any_size", "were not expected"),
            new Caught("all_events_are_read_in_pages_of_any_size", "the first position of the page after position 1"),
            Caught.also("a_page_begins_after_the_last_event_of_the_previous_page")),
    RESTARTS_BEYOND_THE_END(
            ReadFaults.RestartsBeyondTheEnd::new,
            new Caught("a_read_beyond_the_end_returns_no_events", "Expecting empty")),
    READS_WITHOUT_BOUNDS(
            ReadFaults.ReadsWithoutBounds::new,
            new Caught("a_read_rejects_arguments_out_of_range", "Expecting code to raise a throwable")),
    REFUSES_THE_LARGEST_PAGE(
            ReadFaults.RefusesTheLargestPage::new,
            new Caught("a_read_accepts_the_maximum_page_size", "No page has 10000 events"),
            Caught.also("an_append_becomes_visible_atomically"),
            Caught.also("a_reader_does_not_miss_an_append_that_commits_late")),
    LOSES_METADATA(
            storing(TextFaults::withoutMetadata),
            new Caught("an_event_is_read_as_it_was_appended", "metadata={}"),
            Caught.also("json_is_stored_character_by_character")),
    ASCII_ONLY(storing(TextFaults::inAscii), new Caught("stream_names_and_event_types_keep_any_unicode", "Gr??e")),
    REFORMATS_JSON(storing(TextFaults::reformatted), new Caught("json_is_stored_character_by_character", "expected:")),
    TRUNCATES_LONG_JSON(storing(TextFaults::truncated), new Caught("a_mebibyte_of_json_is_stored", "expected:")),
    CASE_INSENSITIVE_NAMES(
            TextFaults.CaseInsensitiveNames::new,
            new Caught("stream_names_that_look_alike_are_different_streams", "Conflict[stream=e"),
            Caught.also("stream_names_and_event_types_keep_any_unicode")),
    NEVER_WAKES(
            WakeFaults.NeverWakes::new,
            Caught.byTimeout("no_wake_up_is_lost", "events seen by a reader that reads only when woken"),
            Caught.byTimeout("a_closed_subscription_is_not_woken_but_its_duplicate_is"),
            Caught.byTimeout("an_idle_reader_is_woken_by_the_next_append")),
    LOSES_WAKE_UPS(
            WakeFaults.LosesWakeUps::new,
            Caught.byTimeout("an_idle_reader_is_woken_by_the_next_append"),
            Caught.byTimeout("no_wake_up_is_lost")),
    SMALL_PAGES_ARE_CUT(
            ReadFaults.SmallPagesAreCut::new,
            new Caught("only_a_large_page_ends_before_its_limit_and_the_last_event", "events of a small page")),
    WAKES_TOO_EARLY(WakeFaults.WakesTooEarly::new, Caught.byTimeout("an_idle_reader_is_woken_by_the_next_append")),
    CLOSES_DUPLICATES(
            WakeFaults.ClosesDuplicates::new,
            Caught.byTimeout(
                    "a_closed_subscription_is_not_woken_but_its_duplicate_is", "the open subscription is woken")),
    WAKES_CLOSED_SUBSCRIPTIONS(
            WakeFaults.WakesClosedSubscriptions::new,
            new Caught("a_closed_subscription_is_not_woken_but_its_duplicate_is", "wake-ups of a closed subscription")),
    SKIPS_LATE_COMMITS(
            SkipsLateCommits::new,
            new Caught("a_reader_does_not_miss_an_append_that_commits_late", "events seen by a reader, page by page"));

    private final Supplier<EventStore> broken;
    private final List<Caught> caught;

    EventStoreFault(Supplier<EventStore> broken, Caught... caught) {
        this.broken = broken;
        this.caught = List.of(caught);
    }

    private static Supplier<EventStore> appending(Append.Fault fault) {
        return () -> new WrappedEventStore(fault);
    }

    private static Supplier<EventStore> storing(UnaryOperator<NewEvent> change) {
        return appending((store, append) ->
                append.storing(append.events().stream().map(change).toList()).to(store));
    }

    private static Supplier<EventStore> reading(UnaryOperator<RecordedEvent> change) {
        return () -> new ReadFaults.RewritesReads(change);
    }

    private static Supplier<EventStore> continuing(LongUnaryOperator elsewhere) {
        return () -> new ReadFaults.ContinuesElsewhere(elsewhere);
    }

    @Override
    public EventStore newStore() {
        return broken.get();
    }

    @Override
    public List<Caught> caught() {
        return caught;
    }
}
