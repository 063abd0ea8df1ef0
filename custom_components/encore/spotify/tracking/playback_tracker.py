"""Turns polls of a player into observations.

Between two looks much can happen unseen. What is concluded is the simplest life of the
player that fits both: a track goes on until its end unless something else is seen to
have begun, an item began where its position says, a position that fell behind the
clock was a pause, one that jumped was a seek. Where that leaves much open, recently
played lists what was on between the two.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import final

from ...history.merge.same_song import same_song
from ...history.model import Kind, Listener, Observation, Play, Room, Source, as_play
from ...tracking.sounded_play import OUT_OF_ORDER_MS
from ..api.playback import Playback
from .active_play import (
    SLACK_MS,
    ActivePlay,
    close,
    first_half,
    go_on,
    moved_by,
    moved_over,
    progressed_to,
    second_half,
)
from .played_at import SHORT_MS, EndedPlay
from .recently_played_list import EMPTY_LIST, RecentlyPlayedList
from .start_estimation import (
    beyond_left,
    own_row,
    sounded_at_first_look,
    sounded_before,
    sounded_unseen,
)
from .tracker_state import TrackerState, set_ahead
from .transitions import (
    DOUBTED_MS,
    PAUSE_ENDS_PLAY_MS,
    PAUSE_REPORTED_MS,
    WONDERED_AT_MS,
    how_ended,
    in_time,
    is_on,
    jumped_back,
    left_for_another,
    listed_ending,
    surely_over,
)

type RoomOf = Callable[[str], Room | None]


@final
class PlaybackTracker:
    """One listener's player, looked at now and then."""

    def __init__(
        self,
        listener: Listener,
        room_of: RoomOf,
        state: TrackerState | None = None,
        *,
        private: bool = False,
    ) -> None:
        """Begin with nothing known, or from a stored state; `room_of` names the room of a device's name.

        What is played in a private session is reported only with `private`.
        """
        self._private = private
        self._listener = listener
        self._room_of = room_of
        self.state = state or TrackerState()
        if self.state.last is not None:
            # The machine may have started again.
            self.state.last = replace(self.state.last, ticks_ms=None)

    def see(
        self,
        now: Playback,
        listed: RecentlyPlayedList = EMPTY_LIST,
        ahead: Sequence[Playback] = (),
    ) -> list[Observation]:
        """Take the next look and return the plays that are over by it.

        `listed` is what recently played has, and `ahead` are the looks that are known to follow.
        """
        last = self.state.last
        if last is not None and (ahead_ms := set_ahead(last, now)):
            self.state.move_back(-ahead_ms)
            last = self.state.last
        if last is not None and now.seen_at <= last.seen_at:
            if now.seen_at > last.seen_at - OUT_OF_ORDER_MS:
                return []
            self.state.move_back(last.seen_at - now.seen_at + progressed_to(last, now))
        last, play = self.state.last, self.state.play
        if now.item is None and not now.idle and not surely_over(last, now):
            return []
        if now.idle and play is not None:
            stopped = self._stopped(now)
            if stopped is None:
                return []
            now = stopped
        self.state.doubt = None
        done: list[Observation] = []
        reported = listed = listed.besides(self.state.overs)
        if last is not None:
            listed = listed.placed(last, now, ahead)
        if self._turns_private(now):
            # The song in which a private session began counts up to the last look before.
            done = [] if play is None else self._conclude(play, None)
            self.state.play = None if now.item is None else self._new_play(now)
        elif play is None or last is None:
            self._begin(now, last, last.seen_at if last else 0, listed)
        elif (
            listed_ending(play, last, now, listed)
            or left_for_another(play, last, now, listed)
            or not (is_on(play, last, now) or jumped_back(play, last, now, listed))
        ):
            done = self._end(play, last, now, listed)
        elif moved_over(play, now):
            play.sounded(*first_half(last, now))
            done = self._conclude(play, None)
            moved = self._new_play(now)
            moved.goes_on_after(play)
            moved.sounded(*second_half(last, now))
            if now.playing:
                moved.seen_sounding(now.seen_at)
        else:
            go_on(play, last, now)
        if last is not None and listed.slack_ms and self.state.play is not play:
            self.state.remember(
                reported.rows, listed.between(last.seen_at, now.seen_at + 1)
            )
        self.state.last = now
        self.state.left = self.state.left if now.item is None else now
        self._note_privacy(last, now)
        self.state.note_silence(last, now)
        return done + self._end_of_long_pause(now)

    def _end(
        self,
        play: ActivePlay,
        last: Playback,
        now: Playback,
        listed: RecentlyPlayedList,
    ) -> list[Observation]:
        """End the play that is over, begin that of what is now on, and return the play that was."""
        reported = listed_ending(play, last, now, listed)
        ending = (
            reported
            or left_for_another(play, last, now, listed)
            or how_ended(last, now, listed)
        )
        close(play, last, ending, listed=reported is not None)
        done = self._conclude(play, ending.finished)
        since, already = last.seen_at, 0
        if reported or last.playing:
            since = max(since, ending.at)
        same = now.item is not None and now.item.uri == play.item.uri
        if reported and same and (moved_over(play, now) or not now.playing):
            already = sounded_before(last, now, ending.at)
        self._begin(now, last, since, listed, already)
        if already and (moved := self.state.play) is not None:
            moved.goes_on_after(play)
        return done

    def wonders(self, now: Playback) -> bool:
        """Whether recently played would list much of what was on between the last look and this one."""
        last, play = self.state.last, self.state.play
        if last is None:
            return False
        wondered_at_ms = SHORT_MS if self.state.restless else WONDERED_AT_MS
        if now.seen_at - last.seen_at < wondered_at_ms:
            return play is not None and self._may_be_wound_back(play, last, now)
        if play is None:
            # Somebody played something before what is on now.
            gap = now.seen_at - last.seen_at
            return now.playing and (now.progress_ms or 0) < gap - WONDERED_AT_MS
        if now.idle:
            return self.state.doubt is not None or self._rests(play, last, now)
        if now.item is None:
            return False
        if not is_on(play, last, now):
            return not in_time(last, now) or self._may_be_chance(last, now)
        if moved_over(play, now):
            return True
        unheard = now.seen_at - last.seen_at - moved_by(last, now)
        return last.playing and now.playing and unheard >= WONDERED_AT_MS

    @staticmethod
    def _may_be_wound_back(play: ActivePlay, last: Playback, now: Playback) -> bool:
        """Whether a song seems to start over after so much of it played that recently played would list it."""
        if now.item is None or now.item.uri != play.item.uri:
            return False
        if not (last.playing and now.playing) or now.item.kind is not Kind.TRACK:
            return False
        sounded_ms = play.played_ms >= SHORT_MS and not in_time(last, now)
        return sounded_ms and not is_on(play, last, now)

    def _may_be_chance(self, last: Playback, now: Playback) -> bool:
        """Whether what is on may only seem to have followed what was on before, long ago: somebody goes from song to song."""
        unseen = now.seen_at - last.seen_at >= WONDERED_AT_MS
        return self.state.restless or (
            unseen and not in_time(last, now, within=SLACK_MS)
        )

    def may_have_sounded(self, now: Playback) -> bool:
        """Whether anything may have sounded between the last look and this one; unknown without a last one."""
        last = self.state.last
        if last is None or last.playing or now.playing:
            return True
        if now.idle:
            return False
        return (last.item, last.progress_ms) != (now.item, now.progress_ms)

    def _stopped(self, now: Playback) -> Playback | None:
        """Return the look since which the player has disappeared, once two looks say so."""
        last, play = self.state.last, self.state.play
        if last is not None and play is not None and self._rests(play, last, now):
            return now
        if (first := self.state.doubt) is None:
            self.state.doubt = now
            return None
        if now.seen_at - first.seen_at < DOUBTED_MS:
            return None
        return first

    def _rests(self, play: ActivePlay, last: Playback, now: Playback) -> bool:
        """Whether it was paused for so long that its device has fallen asleep."""
        if last.playing or play.ended_at is None:
            return False
        return now.seen_at - play.ended_at >= PAUSE_ENDS_PLAY_MS

    def stop(self) -> list[Observation]:
        """Return the play under way as far as it was seen, and forget it."""
        play, self.state = self.state.play, TrackerState()
        return [] if play is None else self._observe(play, None)

    def under_way(self, now: int | None) -> Play | None:
        """Return the play under way as it would be recorded if it stopped `now` (UTC ms).

        What was playing at the last look is taken to go on until its end; without `now`, the play is
        as far as it was seen. None where there is nothing to record.
        """
        play, last = self.state.play, self.state.last
        if play is None or last is None:
            return None
        play = replace(play, intervals=[*play.intervals])
        finished = None
        if last.playing and now is not None:
            until = now if last.ends_at is None else min(now, last.ends_at)
            play.sounded(last.seen_at, until)
            finished = True if until == last.ends_at else None
        for seen in self._observe(play, finished):
            return as_play(seen)
        return None

    def _begin(
        self,
        now: Playback,
        last: Playback | None,
        since: int,
        listed: RecentlyPlayedList,
        already: int = 0,
    ) -> None:
        """Begin the play of what is on now; after a look, nothing of it sounded before `since` (UTC ms).

        Of its position `already` ms belong to the play before.
        """
        if now.item is None:
            self.state.play = None
            return
        play = self._new_play(now)
        if last is None:
            sounded_ms = sounded_at_first_look(now, now.item)
            if self.state.since is not None:
                sounded_ms = min(sounded_ms, max(now.seen_at - self.state.since, 0))
            play.sounded(now.seen_at - sounded_ms, now.seen_at)
            return
        own = own_row(now, last, listed, since)
        # Found paused, it was paused since that row; found playing, that row is of a play before, or of the device before.
        until = now.seen_at if own is None or now.playing else own.played_at
        rows = listed.between(last.seen_at, until)
        while rows and own is not None and same_song(rows[-1].item, own.item):
            rows.pop()
        since = max(since, *(row.played_at for row in rows), 0)
        position = max(beyond_left(now, last, self.state.left) - already, 0)
        gap = max(until - since, 0)
        sounded_ms = sounded_unseen(
            now, last, position, gap, self.state.left, went_on=own is not None
        )
        if now.playing or own is not None or not sounded_ms:
            play.sounded(until - sounded_ms, until)
        else:
            # It is paused, and nobody saw since when.
            play.sounded(since, until)
            play.silent_ms = gap - sounded_ms

    def _new_play(self, now: Playback) -> ActivePlay:
        assert now.item is not None
        play = ActivePlay(
            item=now.item,
            device=now.device,
            context_uri=now.context_uri,
            shuffle=now.shuffle,
        )
        self.state.play = play
        return play

    def _end_of_long_pause(self, now: Playback) -> list[Observation]:
        """Return a play that has been paused for so long that it is over."""
        play = self.state.play
        if play is None or now.playing or now.item is None or play.ended_at is None:
            return []
        if now.seen_at - play.ended_at < PAUSE_REPORTED_MS:
            return []
        self._new_play(now).private = play.private
        return self._conclude(play, None)

    def _turns_private(self, now: Playback) -> bool:
        """Whether a private session, which is not recorded, has begun since the last look."""
        if self._private or now.device is None or not now.device.private:
            return False
        last = self.state.last
        return last is None or last.device is None or not last.device.private

    def _note_privacy(self, last: Playback | None, now: Playback) -> None:
        """Take account of a look at a private session."""
        if now.device is None or not now.device.private:
            return
        if self.state.play is not None:
            self.state.play.private = True
        since = now.seen_at if last is None else last.seen_at
        self.state.hide((since, now.seen_at))

    def hides(self, moment: int) -> bool:
        """Whether what ended at a moment (UTC ms) is not recorded, because it was played in a private session."""
        if self._private:
            return False
        play = self.state.play
        if play is not None and play.private and self.state.private:
            if moment > self.state.private[-1][0]:
                return True
        return any(start < moment <= end for start, end in self.state.private)

    def _conclude(self, play: ActivePlay, finished: bool | None) -> list[Observation]:
        """Return the play that is over, and remember that it is."""
        if play.played_ms > 0 and play.ended_at is not None:
            start = play.intervals[0][0]
            surely = finished is True
            self.state.add_overs(
                [EndedPlay(play.item, start, play.ended_at, play.played_ms, surely)]
            )
            if play.private:
                self.state.hide((start, play.ended_at + SLACK_MS))
        return self._observe(play, finished)

    def _observe(self, play: ActivePlay, finished: bool | None) -> list[Observation]:
        if play.played_ms <= 0 or (play.private and not self._private):
            return []
        room = self._room_of(play.device.name) if play.device else None
        return [
            play.observed(
                Source.LIVE,
                self._listener,
                finished,
                ms_played=play.played_ms,
                device=play.played_on,
                rooms=play.rooms_in(room),
                incognito=play.private,
            )
        ]
