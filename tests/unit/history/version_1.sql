-- The tables of a store at schema version 1, as SQLite was given them.
CREATE TABLE meta (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
);
CREATE TABLE listener (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE ("key")
);
CREATE TABLE room (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE ("key")
);
CREATE TABLE device (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE ("key")
);
CREATE TABLE reason (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);
CREATE TABLE artist (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (name)
);
CREATE TABLE song_key (
	"key" TEXT NOT NULL,
	song INTEGER NOT NULL,
	PRIMARY KEY ("key")
);
CREATE TABLE album (
	id INTEGER NOT NULL,
	artist INTEGER NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (artist, name),
	FOREIGN KEY(artist) REFERENCES artist (id)
);
CREATE TABLE import (
	id INTEGER NOT NULL,
	listener INTEGER NOT NULL,
	content TEXT NOT NULL,
	finished BOOLEAN NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (listener, content),
	FOREIGN KEY(listener) REFERENCES listener (id)
);
CREATE TABLE track (
	id INTEGER NOT NULL,
	uri TEXT NOT NULL,
	kind SMALLINT NOT NULL,
	title TEXT NOT NULL,
	album INTEGER,
	song INTEGER NOT NULL,
	duration_ms INTEGER,
	isrc TEXT,
	image_url TEXT,
	told_by SMALLINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (uri),
	FOREIGN KEY(album) REFERENCES album (id)
);
CREATE INDEX ix_track_song ON track (song);
CREATE TABLE import_file (
	import INTEGER NOT NULL,
	name TEXT NOT NULL,
	finished BOOLEAN NOT NULL,
	report TEXT NOT NULL,
	PRIMARY KEY (import, name),
	FOREIGN KEY(import) REFERENCES import (id)
)
 WITHOUT ROWID;
CREATE TABLE track_artist (
	track INTEGER NOT NULL,
	position SMALLINT NOT NULL,
	artist INTEGER NOT NULL,
	PRIMARY KEY (track, position),
	FOREIGN KEY(track) REFERENCES track (id),
	FOREIGN KEY(artist) REFERENCES artist (id)
)
 WITHOUT ROWID;
CREATE TABLE observation (
	listener INTEGER NOT NULL,
	ended_at BIGINT NOT NULL,
	track INTEGER NOT NULL,
	source SMALLINT NOT NULL,
	ms_played INTEGER NOT NULL,
	offline_at BIGINT NOT NULL,
	started_at BIGINT NOT NULL,
	device INTEGER,
	context_uri TEXT,
	skipped BOOLEAN,
	shuffle BOOLEAN,
	offline BOOLEAN,
	incognito BOOLEAN,
	reason_start INTEGER,
	reason_end INTEGER,
	play INTEGER,
	PRIMARY KEY (listener, ended_at, track, source, ms_played, offline_at),
	CONSTRAINT interval CHECK (started_at <= ended_at),
	CONSTRAINT length CHECK (ms_played >= 0),
	FOREIGN KEY(listener) REFERENCES listener (id),
	FOREIGN KEY(track) REFERENCES track (id),
	FOREIGN KEY(device) REFERENCES device (id),
	FOREIGN KEY(reason_start) REFERENCES reason (id),
	FOREIGN KEY(reason_end) REFERENCES reason (id)
)
 WITHOUT ROWID;
CREATE TABLE play (
	id INTEGER NOT NULL,
	listener INTEGER NOT NULL,
	started_at BIGINT NOT NULL,
	track INTEGER NOT NULL,
	ended_at BIGINT NOT NULL,
	ms_played INTEGER NOT NULL,
	sources SMALLINT NOT NULL,
	device INTEGER,
	context_uri TEXT,
	skipped BOOLEAN,
	PRIMARY KEY (id),
	UNIQUE (listener, started_at, track),
	CONSTRAINT interval CHECK (started_at <= ended_at),
	FOREIGN KEY(listener) REFERENCES listener (id),
	FOREIGN KEY(track) REFERENCES track (id),
	FOREIGN KEY(device) REFERENCES device (id)
);
CREATE TABLE observation_room (
	listener INTEGER NOT NULL,
	ended_at BIGINT NOT NULL,
	track INTEGER NOT NULL,
	source SMALLINT NOT NULL,
	ms_played INTEGER NOT NULL,
	offline_at BIGINT NOT NULL,
	room INTEGER NOT NULL,
	from_ms BIGINT NOT NULL,
	to_ms BIGINT NOT NULL,
	PRIMARY KEY (listener, ended_at, track, source, ms_played, offline_at, room, from_ms),
	FOREIGN KEY(listener, ended_at, track, source, ms_played, offline_at) REFERENCES observation (listener, ended_at, track, source, ms_played, offline_at) ON DELETE CASCADE,
	FOREIGN KEY(room) REFERENCES room (id)
)
 WITHOUT ROWID;
CREATE TABLE play_room (
	play INTEGER NOT NULL,
	room INTEGER NOT NULL,
	from_ms BIGINT NOT NULL,
	to_ms BIGINT NOT NULL,
	PRIMARY KEY (play, room, from_ms),
	FOREIGN KEY(play) REFERENCES play (id) ON DELETE CASCADE,
	FOREIGN KEY(room) REFERENCES room (id)
)
 WITHOUT ROWID;
CREATE INDEX play_in_room ON play_room (room, from_ms);
