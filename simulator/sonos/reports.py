"""What each service of a speaker reports to those who subscribed to it."""

from typing import Final

from .didl import clock_time, quoted
from .events import Properties
from .speaker import Speaker

_NOT_IMPLEMENTED: Final = "NOT_IMPLEMENTED"


def properties(speaker: Speaker, service: str) -> Properties:
    """Return what a service reports of a speaker now, by name."""
    if (report := _REPORTS.get(service)) is None:
        return {}
    return report(speaker)


def _last_change(namespace: str, inner: str) -> Properties:
    return {
        "LastChange": f'<Event xmlns="{namespace}" xmlns:r="urn:schemas-rinconnetworks-com:metadata-1-0/">'
        f'<InstanceID val="0">{inner}</InstanceID></Event>'
    }


def _av_transport(speaker: Speaker) -> Properties:
    variables = (
        _leading(speaker) if speaker.is_coordinator else _following(speaker)
    ) | {
        "PlaybackStorageMedium": "NETWORK",
        "NextAVTransportURI": "",
        "NextAVTransportURIMetaData": "",
        "CurrentTransportActions": (
            speaker.transport.actions if speaker.is_coordinator else "Stop, Play"
        ),
        "r:CurrentValidPlayModes": (
            "SHUFFLE,REPEAT,REPEATONE,CROSSFADE"
            if speaker.is_coordinator and speaker.transport.on_queue
            else "CROSSFADE"
        ),
        "r:DirectControlIsSuspended": "0",
        "r:DirectControlAccountID": "",
        "TransportStatus": "OK",
        "r:SleepTimerGeneration": speaker.transport.sleep_timer.generation,
        "r:AlarmRunning": int(speaker.coordinator.transport.alarm_running),
        "r:SnoozeRunning": "0",
        "r:RestartPending": "0",
        "TransportPlaySpeed": _NOT_IMPLEMENTED,
        "CurrentMediaDuration": _NOT_IMPLEMENTED,
        "RecordStorageMedium": _NOT_IMPLEMENTED,
        "PossiblePlaybackStorageMedia": "NONE, NETWORK",
        "PossibleRecordStorageMedia": _NOT_IMPLEMENTED,
        "RecordMediumWriteStatus": _NOT_IMPLEMENTED,
        "CurrentRecordQualityMode": _NOT_IMPLEMENTED,
        "PossibleRecordQualityModes": _NOT_IMPLEMENTED,
    }
    inner = "".join(
        f'<{name} val="{quoted(value)}"/>' for name, value in variables.items()
    )
    return _last_change("urn:schemas-upnp-org:metadata-1-0/AVT/", inner)


def _leading(speaker: Speaker) -> Properties:
    """Report a coordinator's transport: what it really plays."""
    transport = speaker.transport
    track, following = transport.track, transport.next_track
    return {
        "TransportState": transport.state,
        "CurrentPlayMode": transport.queue.mode,
        "CurrentCrossfadeMode": int(transport.crossfade),
        "NumberOfTracks": len(transport.queue)
        if transport.on_queue
        else int(track is not None),
        "CurrentTrack": 0
        if track is None or transport.direct
        else transport.queue.index + 1,
        "CurrentSection": 0,
        "CurrentTrackURI": transport.track_uri,
        "CurrentTrackDuration": clock_time(track.duration_s) if track else "",
        "CurrentTrackMetaData": transport.track_metadata,
        "r:NextTrackURI": following.uri if following else "",
        "r:NextTrackMetaData": following.document() if following else "",
        "r:EnqueuedTransportURI": transport.enqueued_uri,
        "r:EnqueuedTransportURIMetaData": transport.enqueued_metadata,
        "AVTransportURI": transport.uri,
        "AVTransportURIMetaData": transport.metadata,
        "r:DirectControlClientID": (
            "spotify.connect.adapter"
            if track and transport.direct and track.spotify_uri
            else ""
        ),
    }


def _following(speaker: Speaker) -> Properties:
    """Report a member's transport: it names its coordinator and no track."""
    coordinator = speaker.coordinator
    uri = f"x-rincon:{coordinator.uid}"
    return {
        "TransportState": coordinator.transport.state,
        "CurrentPlayMode": "NORMAL",
        "CurrentCrossfadeMode": "0",
        "NumberOfTracks": 1,
        "CurrentTrack": 1,
        "CurrentSection": 0,
        "CurrentTrackURI": uri,
        "CurrentTrackDuration": "",
        "CurrentTrackMetaData": "",
        "r:NextTrackURI": "",
        "r:NextTrackMetaData": "",
        "r:EnqueuedTransportURI": "",
        "r:EnqueuedTransportURIMetaData": "",
        "AVTransportURI": uri,
        "AVTransportURIMetaData": "",
        "r:DirectControlClientID": "",
    }


def _rendering_control(speaker: Speaker) -> Properties:
    sound = speaker.sound
    channels = (
        ("Volume", "Master", sound.volume),
        ("Volume", "LF", sound.left),
        ("Volume", "RF", sound.right),
        ("Mute", "Master", int(sound.mute)),
        ("Mute", "LF", 0),
        ("Mute", "RF", 0),
        ("Loudness", "Master", int(sound.loudness)),
    )
    values = {
        "Bass": sound.bass,
        "Treble": sound.treble,
        "OutputFixed": int(sound.fixed),
        "HeadphoneConnected": 0,
        "SubGain": sound.equaliser["SubGain"],
        "SubEnabled": sound.equaliser["SubEnable"],
    }
    if speaker.is_soundbar:
        values |= {
            "NightMode": sound.equaliser["NightMode"],
            "DialogLevel": sound.equaliser["DialogLevel"],
            "SurroundEnabled": sound.equaliser["SurroundEnable"],
            "AudioDelay": sound.equaliser["AudioDelay"],
        }
    inner = "".join(
        f'<{name} channel="{channel}" val="{value}"/>'
        for name, channel, value in channels
    ) + "".join(f'<{name} val="{value}"/>' for name, value in values.items())
    return _last_change(
        "urn:schemas-upnp-org:metadata-1-0/RCS/",
        inner + '<PresetNameList val="FactoryDefaults"/>',
    )


def _group_rendering(speaker: Speaker) -> Properties:
    return {
        "GroupVolume": speaker.group_volume,
        "GroupMute": int(speaker.group_mute),
        "GroupVolumeChangeable": 1,
    }


def _topology(speaker: Speaker) -> Properties:
    household = speaker.household
    group = household.groups.of(speaker)
    common: Properties = {
        "ZoneGroupState": household.topology(),
        "ZoneGroupID": group.id,
        "ZonePlayerUUIDsInGroup": ",".join(group.members),
    }
    if not speaker.is_coordinator:
        return common | {"ZoneGroupName": ""}
    return common | {
        "ThirdPartyMediaServersX": "",
        "AvailableSoftwareUpdate": "",
        "AlarmRunSequence": f"{speaker.uid}:{household.alarms.runs}:0",
        "MuseHouseholdId": household.id,
        "ZoneGroupName": " + ".join(one.name for one in speaker.members),
    }


def _content_directory(speaker: Speaker) -> Properties:
    shelf = speaker.household.shelf
    return {
        "SystemUpdateID": speaker.system_version,
        "ContainerUpdateIDs": f"Q:0,{speaker.transport.queue.version}",
        "ShareIndexInProgress": 0,
        "ShareIndexLastError": "",
        "FavoritesUpdateID": f"{speaker.uid},{shelf.favourites_version}",
        "SavedQueuesUpdateID": f"{speaker.uid},{shelf.saved_queues_version}",
        "Browseable": 1,
    }


def _device_properties(speaker: Speaker) -> Properties:
    return {
        "SettingsReplicationState": "",
        "ZoneName": speaker.household.groups.visible_of(speaker).name,
        "Icon": "",
        "Configuration": 1,
        "Invisible": int(not speaker.is_visible),
        "IsZoneBridge": 0,
        "AirPlayEnabled": 1,
        "MoreInfo": speaker.more_info,
        "IsIdle": int(speaker.coordinator.transport.state != "PLAYING"),
        "HouseholdID": speaker.household.id,
    }


def _alarm_clock(speaker: Speaker) -> Properties:
    return {
        "TimeZone": "000a000503000003000502ffc4",
        "TimeGeneration": 1,
        "AlarmListVersion": speaker.household.alarms.list_version,
        "TimeFormat": "24H",
        "DateFormat": "DMY",
        "DailyIndexRefreshTime": "03:00:00",
    }


def _queue(speaker: Speaker) -> Properties:
    return {
        "LastChange": '<Event xmlns="urn:schemas-sonos-com:metadata-1-0/Queue/"><QueueID val="0">'
        f'<UpdateID val="{speaker.transport.queue.version}"/><Curated val="0"/></QueueID></Event>'
    }


_REPORTS: Final = {
    "AVTransport": _av_transport,
    "RenderingControl": _rendering_control,
    "GroupRenderingControl": _group_rendering,
    "ZoneGroupTopology": _topology,
    "ContentDirectory": _content_directory,
    "DeviceProperties": _device_properties,
    "AlarmClock": _alarm_clock,
    "Queue": _queue,
}
