package dev.diptych.store.memory.broken;

import dev.diptych.core.eventstore.EventStore;
import java.util.List;
import java.util.function.Supplier;

/** The broken event stores, with the tests by which each is caught. */
@SuppressWarnings("ImmutableEnumChecker") // suppliers that keep nothing, and a list that cannot be changed
enum EventStoreFault implements Fault {
    NO_STREAM_AS_ANY(
            AppendFaults.NoStreamAsAny::new,
            new Caught(
                    EventStoreRun.class,
                    "no_stream_is_met_by_a_new_stream_only",
                    "Appended[receipt=Receipt[stream=lamp-1, version=2"),
            new Caught(
                    EventStoreRun.class, "an_append_that_fails_its_check_stores_none_of_its_events", "not expected:"),
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "a_race_to_begin_a_stream_has_exactly_one_winner",
                    "winners of round"),
            Caught.also(EventStoreRun.class, "a_conflict_does_not_use_up_the_command_id"),
            Caught.also(EventStoreRun.class, "an_append_of_no_events_checks_the_expected_version_all_the_same"),
            Caught.also(EventStoreRun.class, "the_head_is_at_the_last_event_and_0_when_there_is_none")),
    ANY_AS_NO_STREAM(
            AppendFaults.AnyAsNoStream::new,
            new Caught(
                    EventStoreRun.class,
                    "any_version_is_met_by_every_stream",
                    "Conflict[stream=lamp-1, expected=no stream, actual=1,"),
            Caught.inVain(ConcurrentEventStoreRun.class, "no_wake_up_is_lost", ""),
            Caught.also(ConcurrentEventStoreRun.class, "a_reader_does_not_miss_an_append_that_commits_late"),
            Caught.also(EventStoreRun.class, "positions_increase_over_all_streams_in_the_order_of_appends"),
            Caught.also(EventStoreRun.class, "all_events_are_read_in_pages_of_any_size"),
            Caught.also(
                    EventStoreRun.class,
                    "a_command_id_is_forgotten_when_it_is_as_old_as_was_said_and_its_events_are_not"),
            Caught.also(EventStoreRun.class, "versions_are_dense_from_1_in_each_stream"),
            Caught.inVain(
                    ConcurrentEventStoreRun.class, "a_reader_that_has_read_everything_is_woken_by_the_next_append", ""),
            Caught.also(ConcurrentEventStoreRun.class, "an_append_is_seen_whole_or_not_at_all"),
            Caught.also(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_when_the_first_time_raised_nothing"),
            Caught.also(EventStoreRun.class, "a_conflict_does_not_use_up_the_command_id"),
            Caught.also(EventStoreRun.class, "a_receipt_says_where_the_stream_stands")),
    EXISTS_AS_ANY(
            AppendFaults.ExistsAsAny::new,
            new Caught(EventStoreRun.class, "a_stream_that_must_exist_may_be_at_any_version", "was: Appended")),
    CONFLICT_WITHOUT_ACTUAL(
            AppendFaults.ConflictWithoutActual::new,
            new Caught(
                    EventStoreRun.class,
                    "an_exact_version_is_met_by_that_version_only",
                    "was: Conflict[stream=lamp-1, expected=version 1, actual=0,"),
            Caught.also(EventStoreRun.class, "an_append_of_no_events_checks_the_expected_version_all_the_same"),
            Caught.also(EventStoreRun.class, "no_stream_is_met_by_a_new_stream_only"),
            Caught.also(ConcurrentEventStoreRun.class, "a_race_for_one_version_has_exactly_one_winner"),
            Caught.also(EventStoreRun.class, "a_version_that_was_seen_in_another_history_is_a_conflict")),
    EMPTY_APPEND_UNCHECKED(
            AppendFaults.EmptyAppendUnchecked::new,
            new Caught(
                    EventStoreRun.class,
                    "an_append_of_no_events_checks_the_expected_version_all_the_same",
                    "was: Appended")),
    EMPTY_APPEND_WITHOUT_RECEIPT(
            AppendFaults.EmptyAppendWithoutReceipt::new,
            new Caught(
                    EventStoreRun.class,
                    "an_append_of_no_events_stores_nothing_and_says_where_the_stream_stands",
                    "was: Appended[receipt=Receipt[stream=lamp-1, version=0"),
            Caught.also(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_when_the_first_time_raised_nothing")),
    STORES_BEFORE_IT_CHECKS(
            AppendFaults.StoresBeforeItChecks::new,
            new Caught(
                    EventStoreRun.class, "an_append_that_fails_its_check_stores_none_of_its_events", "not expected:"),
            Caught.also(EventStoreRun.class, "an_exact_version_is_met_by_that_version_only"),
            Caught.also(EventStoreRun.class, "a_conflict_does_not_use_up_the_command_id"),
            Caught.also(EventStoreRun.class, "a_stream_that_must_exist_may_be_at_any_version"),
            Caught.also(ConcurrentEventStoreRun.class, "a_race_to_begin_a_stream_has_exactly_one_winner"),
            Caught.also(ConcurrentEventStoreRun.class, "a_race_for_one_version_has_exactly_one_winner"),
            Caught.also(EventStoreRun.class, "the_head_is_at_the_last_event_and_0_when_there_is_none"),
            Caught.also(EventStoreRun.class, "a_version_that_was_seen_in_another_history_is_a_conflict")),
    PARTIAL_APPEND(
            AppendFaults.PartialAppend::new,
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "an_append_is_seen_whole_or_not_at_all",
                    "events of an append that is seen in part")),
    CUTS_LARGE_APPENDS(
            AppendFaults.CutsLargeAppends::new,
            new Caught(EventStoreRun.class, "an_append_of_many_events_is_one_append", "expected: 2000L")),
    RECEIPT_OF_FIRST_EVENT(
            AppendFaults.ReceiptOfFirstEvent::new,
            new Caught(
                    EventStoreRun.class,
                    "a_receipt_says_where_the_stream_stands",
                    "was: Receipt[stream=lamp-1, version=1"),
            Caught.also(EventStoreRun.class, "an_append_of_many_events_is_one_append"),
            Caught.also(EventStoreRun.class, "the_head_is_at_the_last_event_and_0_when_there_is_none")),
    CHECKS_THEN_APPENDS(
            AppendFaults.ChecksThenAppends::new,
            new Caught(
                    ConcurrentEventStoreRun.class, "a_race_for_one_version_has_exactly_one_winner", "winners of round"),
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "a_race_to_begin_a_stream_has_exactly_one_winner",
                    "winners of round")),
    KEEPS_THE_CALLERS_LIST(
            AppendFaults.KeepsTheCallersList::new,
            new Caught(EventStoreRun.class, "a_caller_that_changes_what_it_passed_in_changes_nothing", "changed")),
    REPEATS_STORE_TWICE(
            CommandIdFaults.RepeatsStoreTwice::new,
            new Caught(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_and_stores_nothing",
                    "not expected:"),
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "a_race_of_one_command_id_stores_once_and_all_get_the_same_receipt",
                    "Expected size: 1 but was: 6"),
            Caught.also(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_when_the_first_time_raised_nothing"),
            Caught.also(EventStoreRun.class, "a_command_id_is_kept_when_there_is_no_stream_yet"),
            Caught.also(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_after_later_commands_changed_the_stream")),
    REPEATS_ANSWER_ANEW(
            CommandIdFaults.RepeatsAnswerAnew::new,
            new Caught(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_after_later_commands_changed_the_stream",
                    "was: Repeated[first=Receipt[stream=lamp-1, version=3"),
            Caught.also(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_when_the_first_time_raised_nothing")),
    COMMAND_ID_APART(
            CommandIdFaults.CommandIdApart::new,
            new Caught(
                    EventStoreRun.class,
                    "a_repeated_command_returns_the_first_receipt_when_the_first_time_raised_nothing",
                    "was: Appended"),
            new Caught(EventStoreRun.class, "a_command_id_is_kept_when_there_is_no_stream_yet", "was: Appended"),
            Caught.also(
                    EventStoreRun.class,
                    "of_many_old_command_ids_the_oldest_are_forgotten_first_and_no_more_than_was_said")),
    VERSION_BEFORE_COMMAND_ID(
            CommandIdFaults.VersionBeforeCommandId::new,
            new Caught(EventStoreRun.class, "the_command_id_is_checked_before_the_expected_version", "was: Conflict"),
            Caught.also(EventStoreRun.class, "a_repeated_command_returns_the_first_receipt_and_stores_nothing")),
    FINGERPRINT_IGNORED(
            CommandIdFaults.FingerprintIgnored::new,
            new Caught(EventStoreRun.class, "a_command_id_with_other_content_is_refused", "was: Repeated")),
    COMMAND_IDS_PER_STREAM(
            CommandIdFaults.CommandIdsPerStream::new,
            new Caught(EventStoreRun.class, "a_command_id_on_another_stream_is_refused", "was: Appended"),
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "a_race_of_one_command_id_on_several_streams_stores_on_one_of_them",
                    "Expected size: 1 but was: 6")),
    CONFLICT_USES_UP_THE_ID(
            CommandIdFaults.ConflictUsesUpTheId::new,
            new Caught(
                    EventStoreRun.class,
                    "a_conflict_does_not_use_up_the_command_id",
                    "containing value: StampedReceipt")),
    FINDS_WITHOUT_CASE(
            CommandIdFaults.FindsWithoutCase::new,
            new Caught(
                    EventStoreRun.class,
                    "a_command_id_can_be_looked_up",
                    "what is found under the same id in capitals")),
    FORGETS_NOTHING(
            CommandIdFaults.ForgetsNothing::new,
            new Caught(
                    EventStoreRun.class,
                    "a_command_id_is_forgotten_when_it_is_as_old_as_was_said_and_its_events_are_not",
                    "how many ids were forgotten that are so old"),
            Caught.also(
                    EventStoreRun.class,
                    "of_many_old_command_ids_the_oldest_are_forgotten_first_and_no_more_than_was_said")),
    FORGETS_THE_YOUNG(
            CommandIdFaults.ForgetsTheYoung::new,
            new Caught(
                    EventStoreRun.class,
                    "a_command_id_is_forgotten_when_it_is_as_old_as_was_said_and_its_events_are_not",
                    "how many ids were forgotten that are not so old"),
            new Caught(EventStoreRun.class, "no_command_id_is_forgotten_within_a_day", "expected: 0")),
    FORGETS_WITHOUT_LIMIT(
            CommandIdFaults.ForgetsWithoutLimit::new,
            new Caught(
                    EventStoreRun.class,
                    "of_many_old_command_ids_the_oldest_are_forgotten_first_and_no_more_than_was_said",
                    "expected: 2")),
    FORGETS_ON_THE_SAME_DAY(
            CommandIdFaults.ForgetsOnTheSameDay::new,
            new Caught(
                    EventStoreRun.class,
                    "no_command_id_is_forgotten_within_a_day",
                    "Expecting code to raise a throwable")),
    CHECKS_IDS_THEN_APPENDS(
            CommandIdFaults.ChecksIdsThenAppends::new,
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "a_race_of_one_command_id_stores_once_and_all_get_the_same_receipt",
                    "receipts of round"),
            Caught.also(
                    ConcurrentEventStoreRun.class,
                    "a_race_of_one_command_id_on_several_streams_stores_on_one_of_them")),
    ALL_OF_ONE_HISTORY(
            AllOfOneHistory::new,
            new Caught(EventStoreRun.class, "a_store_has_a_history_of_its_own", "the history of another store")),
    PAGES_OF_NO_HISTORY(
            HistoryFaults.PagesOfNoHistory::new,
            new Caught(EventStoreRun.class, "what_is_read_names_its_history", "that of no event")),
    STREAMS_OF_NO_HISTORY(
            HistoryFaults.StreamsOfNoHistory::new,
            new Caught(EventStoreRun.class, "what_is_read_names_its_history", "that of no event")),
    ACCEPTS_VERSIONS_OF_ANY_HISTORY(
            HistoryFaults.AcceptsVersionsOfAnyHistory::new,
            new Caught(
                    EventStoreRun.class, "a_version_that_was_seen_in_another_history_is_a_conflict", "was: Appended")),
    VERSIONS_OVER_ALL_STREAMS(
            ReadFaults.VersionsOverAllStreams::new,
            new Caught(EventStoreRun.class, "versions_are_dense_from_1_in_each_stream", "[1L, 2L, 4L]")),
    POSITIONS_PER_STREAM(
            ReadFaults.PositionsPerStream::new,
            new Caught(
                    EventStoreRun.class,
                    "positions_increase_over_all_streams_in_the_order_of_appends",
                    "positions increase strictly"),
            Caught.also(EventStoreRun.class, "a_receipt_says_where_the_stream_stands"),
            Caught.also(EventStoreRun.class, "all_events_are_read_in_pages_of_any_size"),
            Caught.also(ConcurrentEventStoreRun.class, "a_reader_does_not_miss_an_append_that_commits_late"),
            Caught.also(
                    EventStoreRun.class,
                    "a_command_id_is_forgotten_when_it_is_as_old_as_was_said_and_its_events_are_not")),
    HEAD_OF_THE_LAST_LOOK(
            HeadFaults.HeadOfTheLastLook::new,
            new Caught(EventStoreRun.class, "the_head_is_at_the_last_event_and_0_when_there_is_none", "expected: 2L"),
            new Caught(
                    ProjectionRunnerRun.class,
                    "a_paused_projection_waits_and_catches_up_when_it_is_resumed",
                    "how far a paused projection is behind"),
            new Caught(
                    ProjectionRunnerRun.class,
                    "a_checkpoint_beyond_the_last_event_is_a_failure_that_a_rebuild_mends",
                    "the lag, which is not told as 0"),
            Caught.also(EventStoreRun.class, "an_append_that_fails_its_check_stores_none_of_its_events")),
    HEAD_COUNTS_REFUSED_EVENTS(
            HeadFaults.HeadCountsRefusedEvents::new,
            new Caught(
                    EventStoreRun.class,
                    "the_head_is_at_the_last_event_and_0_when_there_is_none",
                    "after an append that was refused")),
    HEAD_COUNTS_NUMBERS_DRAWN_AHEAD(
            HeadFaults.HeadCountsNumbersDrawnAhead::new,
            new Caught(EventStoreRun.class, "the_head_is_at_the_last_event_and_0_when_there_is_none", "was: 100L"),
            Caught.inVain(ProjectionRunnerRun.class, "events_from_before_and_after_the_start_are_applied", ""),
            Caught.inVain(ProjectionRunnerRun.class, "the_status_says_how_far_it_is_and_who_does_the_work", ""),
            Caught.inVain(
                    ProjectionRunnerRun.class, "a_paused_projection_waits_and_catches_up_when_it_is_resumed", "")),
    HEAD_FOLLOWS_READERS(
            HeadFaults.HeadFollowsReaders::new,
            Caught.inVain(
                    ProjectionRunnerRun.class,
                    "a_checkpoint_beyond_the_last_event_is_a_failure_that_a_rebuild_mends",
                    "the runner has failed")),
    MISSING_STREAMS_FAIL(
            ReadFaults.MissingStreamsFail::new,
            new Caught(EventStoreRun.class, "a_stream_that_does_not_exist_has_no_events", "There is no stream lamp-1"),
            Caught.also(EventStoreRun.class, "a_read_has_bounds"),
            Caught.also(EventStoreRun.class, "a_command_id_is_kept_when_there_is_no_stream_yet"),
            Caught.also(EventStoreRun.class, "what_is_read_names_its_history")),
    SKIPS_ONE_BETWEEN_PAGES(
            ReadFaults.SkipsOneBetweenPages::new,
            new Caught(EventStoreRun.class, "a_stream_is_read_in_pages_of_any_size", "could not find"),
            new Caught(EventStoreRun.class, "all_events_are_read_in_pages_of_any_size", "could not find"),
            Caught.also(EventStoreRun.class, "the_next_page_begins_after_the_last_event_of_the_one_before")),
    REPEATS_ONE_BETWEEN_PAGES(
            ReadFaults.RepeatsOneBetweenPages::new,
            new Caught(
                    EventStoreRun.class,
                    "all_events_are_read_in_pages_of_any_size",
                    "where a page begins, after one that ended at 1"),
            Caught.also(EventStoreRun.class, "a_stream_is_read_in_pages_of_any_size"),
            Caught.also(EventStoreRun.class, "the_next_page_begins_after_the_last_event_of_the_one_before")),
    PAGES_START_OVER(
            ReadFaults.PagesStartOver::new,
            new Caught(EventStoreRun.class, "a_stream_is_read_in_pages_of_any_size", "were not expected"),
            new Caught(
                    EventStoreRun.class,
                    "all_events_are_read_in_pages_of_any_size",
                    "where a page begins, after one that ended at 1"),
            Caught.also(EventStoreRun.class, "the_next_page_begins_after_the_last_event_of_the_one_before")),
    BEGINS_AGAIN_BEYOND_THE_END(
            ReadFaults.BeginsAgainBeyondTheEnd::new,
            new Caught(EventStoreRun.class, "reading_on_from_beyond_the_end_finds_nothing", "Expecting empty")),
    READS_WITHOUT_BOUNDS(
            ReadFaults.ReadsWithoutBounds::new,
            new Caught(EventStoreRun.class, "a_read_has_bounds", "Expecting code to raise a throwable")),
    REFUSES_THE_LARGEST_PAGE(
            ReadFaults.RefusesTheLargestPage::new,
            new Caught(EventStoreRun.class, "the_largest_page_is_possible", "No page has 10000 events"),
            Caught.also(ConcurrentEventStoreRun.class, "an_append_is_seen_whole_or_not_at_all"),
            Caught.also(ConcurrentEventStoreRun.class, "a_reader_does_not_miss_an_append_that_commits_late")),
    FORGETS_METADATA(
            TextFaults.ForgetsMetadata::new,
            new Caught(EventStoreRun.class, "an_event_is_read_as_it_was_appended", "metadata={}"),
            Caught.also(EventStoreRun.class, "json_is_kept_character_by_character")),
    ASCII_ONLY(TextFaults.AsciiOnly::new, new Caught(EventStoreRun.class, "names_and_types_keep_any_unicode", "Gr??e")),
    PRINTS_JSON_ANEW(
            TextFaults.PrintsJsonAnew::new,
            new Caught(EventStoreRun.class, "json_is_kept_character_by_character", "expected:")),
    CUTS_LONG_JSON(
            TextFaults.CutsLongJson::new, new Caught(EventStoreRun.class, "a_mebibyte_of_json_is_kept", "expected:")),
    NAMES_WITHOUT_CASE(
            TextFaults.NamesWithoutCase::new,
            new Caught(EventStoreRun.class, "stream_names_that_look_alike_are_different_streams", "Conflict[stream=e"),
            Caught.also(EventStoreRun.class, "names_and_types_keep_any_unicode")),
    NEVER_WAKES(
            WakeFaults.NeverWakes::new,
            Caught.inVain(
                    ConcurrentEventStoreRun.class,
                    "no_wake_up_is_lost",
                    "events seen by a reader that never looks unasked"),
            Caught.inVain(EventStoreRun.class, "a_closed_subscription_is_not_woken_and_its_twin_is", ""),
            Caught.inVain(
                    ConcurrentEventStoreRun.class,
                    "a_reader_that_has_read_everything_is_woken_by_the_next_append",
                    "")),
    LOSES_WAKE_UPS(
            WakeFaults.LosesWakeUps::new,
            Caught.inVain(
                    ConcurrentEventStoreRun.class,
                    "a_reader_that_has_read_everything_is_woken_by_the_next_append",
                    "read by a reader that looks only when it is woken"),
            Caught.inVain(ConcurrentEventStoreRun.class, "no_wake_up_is_lost", "")),
    WAKES_TOO_EARLY(
            WakeFaults.WakesTooEarly::new,
            Caught.inVain(
                    ConcurrentEventStoreRun.class,
                    "a_reader_that_has_read_everything_is_woken_by_the_next_append",
                    "read by a reader that looks only when it is woken")),
    CLOSES_TWINS(
            WakeFaults.ClosesTwins::new,
            Caught.inVain(
                    EventStoreRun.class,
                    "a_closed_subscription_is_not_woken_and_its_twin_is",
                    "the subscription that is still open is woken")),
    WAKES_THE_CLOSED(
            WakeFaults.WakesTheClosed::new,
            new Caught(
                    EventStoreRun.class,
                    "a_closed_subscription_is_not_woken_and_its_twin_is",
                    "wake-ups of a subscription that is closed")),
    SKIPS_LATE_COMMITS(
            SkipsLateCommits::new,
            new Caught(
                    ConcurrentEventStoreRun.class,
                    "a_reader_does_not_miss_an_append_that_commits_late",
                    "what a reader saw, page by page"));

    private final Supplier<EventStore> broken;
    private final List<Caught> caught;

    EventStoreFault(Supplier<EventStore> broken, Caught... caught) {
        this.broken = broken;
        this.caught = List.of(caught);
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
