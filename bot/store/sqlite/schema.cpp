#include "bot/store/sqlite/schema.hpp"

#include <fmt/format.h>

namespace rapport::sqlite {
namespace {

// Keys are small integers, times are milliseconds since 1970 in UTC, and there are few indexes: each one
// costs more than the row itself. `messages` is only ever appended to, and so is its one index, since
// platforms' ids rise. In place of indexes by author and by channel, each message points back to the one
// before.
constexpr const char* first_schema = R"sql(
CREATE TABLE realms (
    id       INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    realm    TEXT NOT NULL,
    UNIQUE (platform, realm)
) STRICT;

CREATE TABLE accounts (
    id           INTEGER PRIMARY KEY,
    realm        INTEGER NOT NULL,
    native       TEXT NOT NULL,             -- the platform's id
    person       INTEGER NOT NULL,          -- the account that stands for the person
    handle       TEXT NOT NULL,
    name         TEXT NOT NULL,
    picture      TEXT NOT NULL,
    bot          INTEGER NOT NULL,
    reach        INTEGER NOT NULL,          -- -1: unknown
    first_seen   INTEGER NOT NULL,
    last_seen    INTEGER NOT NULL,
    messages     INTEGER NOT NULL,
    owner        TEXT NOT NULL,
    note         TEXT NOT NULL,
    muted_until  INTEGER NOT NULL,
    hot          BLOB NOT NULL,             -- roles, ties to staff, cooldowns, alerts (row_codec.hpp)
    last_message INTEGER NOT NULL           -- start of the chain messages.author_before
) STRICT;
CREATE UNIQUE INDEX accounts_key ON accounts (realm, native);
CREATE INDEX accounts_linked ON accounts (person) WHERE person <> id;

CREATE TABLE channels (
    id           INTEGER PRIMARY KEY,
    realm        INTEGER NOT NULL,
    native       TEXT NOT NULL,
    name         TEXT NOT NULL,
    kind         INTEGER NOT NULL,
    recent       BLOB NOT NULL,
    last_message INTEGER NOT NULL,          -- start of the chain messages.channel_before
    UNIQUE (realm, native)
) STRICT;

CREATE TABLE messages (
    id             INTEGER PRIMARY KEY,
    channel        INTEGER NOT NULL,
    native         TEXT NOT NULL,
    author         INTEGER NOT NULL,
    at             INTEGER NOT NULL,
    conversation   INTEGER NOT NULL,
    reply_to       INTEGER NOT NULL,
    speaker        INTEGER NOT NULL,
    flags          INTEGER NOT NULL,        -- 1 via an app, 2 late, 4 edited, 8 deleted, 16 needs a reply, 32 linked
    kind           INTEGER NOT NULL,
    sentiment      REAL NOT NULL,
    language       TEXT NOT NULL,
    text           TEXT NOT NULL,
    link           TEXT NOT NULL,
    author_before  INTEGER NOT NULL,        -- the same author's message before this one
    channel_before INTEGER NOT NULL         -- the message before this one in the channel
) STRICT;
CREATE UNIQUE INDEX messages_key ON messages (native, channel);

CREATE TABLE conversations (
    id       INTEGER PRIMARY KEY,
    channel  INTEGER NOT NULL,
    root     INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    hot      BLOB NOT NULL                  -- people, who waits, alerts
) STRICT;

CREATE TABLE alerts (
    id           INTEGER PRIMARY KEY,
    state        INTEGER NOT NULL,
    about        INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    closed       INTEGER NOT NULL,          -- 1: nothing more will come of it
    body         BLOB NOT NULL
) STRICT;
CREATE INDEX alerts_open ON alerts (id) WHERE closed = 0;

CREATE TABLE ties (
    from_account INTEGER NOT NULL,
    to_account   INTEGER NOT NULL,
    fast         REAL NOT NULL,
    deep         REAL NOT NULL,
    last         INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (from_account, to_account)
) STRICT, WITHOUT ROWID;

CREATE TABLE timers (alert INTEGER PRIMARY KEY, due INTEGER NOT NULL) STRICT;
CREATE TABLE staffers (
    name        TEXT PRIMARY KEY,
    away_until  INTEGER NOT NULL,
    open_alerts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cursors (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE actions (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    alert      INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    next_try   INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    body       BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_alert ON outbox (alert);

CREATE TABLE quarantine (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    source TEXT NOT NULL,
    error  TEXT NOT NULL,
    what   TEXT NOT NULL,
    raw    TEXT NOT NULL
) STRICT;
CREATE TABLE gaps (
    id         INTEGER PRIMARY KEY,
    realm      INTEGER NOT NULL,
    native     TEXT NOT NULL,
    from_time  INTEGER NOT NULL,
    until_time INTEGER NOT NULL,
    why        TEXT NOT NULL
) STRICT;

CREATE TABLE rules_versions (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    author TEXT NOT NULL,
    hash   TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE TABLE requests (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    body   TEXT NOT NULL,
    answer TEXT                             -- NULL: waits
) STRICT;
CREATE INDEX requests_waiting ON requests (id) WHERE answer IS NULL;

-- Keyed hashes of the platform keys of erased accounts: enough to know one again, not enough to find one.
CREATE TABLE erased (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- One row: the rest of the state.
CREATE TABLE world (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    now               INTEGER NOT NULL,
    next_account      INTEGER NOT NULL,
    next_channel      INTEGER NOT NULL,
    next_message      INTEGER NOT NULL,
    next_conversation INTEGER NOT NULL,
    next_alert        INTEGER NOT NULL,
    next_outbox       INTEGER NOT NULL,
    community         BLOB NOT NULL,
    erased_key        BLOB NOT NULL         -- of the hashes in `erased`
) STRICT;
INSERT INTO world VALUES (1, 0, 1, 1, 1, 1, 1, 1, x'0100', randomblob(32));
)sql";

// What adapters remember, and what staffers set for themselves (accounts: row_codec.hpp; x'0100' is none).
constexpr const char* notes_and_settings = R"sql(
CREATE TABLE notes (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE staffers ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE staffers ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE staffers ADD COLUMN accounts BLOB NOT NULL DEFAULT x'0100';
)sql";

// For reports. Alerts that closed before this column was there have 0 in it, and are looked at one by one. Of
// each day, the least and the greatest id of its messages: ids rise with time but for what comes late, so
// this finds a week's messages without an index over all of them.
constexpr const char* what_reports_need = R"sql(
ALTER TABLE alerts ADD COLUMN closed_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX alerts_closed ON alerts (closed_at) WHERE closed = 1;
CREATE TABLE message_days (
    day      INTEGER PRIMARY KEY,           -- since 1970, in UTC
    first_id INTEGER NOT NULL,
    last_id  INTEGER NOT NULL
) STRICT;
INSERT INTO message_days
    SELECT (at - ((at % 86400000) + 86400000) % 86400000) / 86400000 AS day, min(id), max(id)
    FROM messages GROUP BY day;
)sql";

// Whom somebody owns who leaves the team.
constexpr const char* who_owns_whom = R"sql(
CREATE INDEX accounts_owner ON accounts (owner) WHERE owner <> '';
)sql";

// What may prove whose an account is: keyed hashes of verified e-mails and of addresses (people/proof.hpp).
constexpr const char* whose_accounts = R"sql(
CREATE TABLE claims (
    hash    BLOB NOT NULL,
    account INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    PRIMARY KEY (hash, account, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_account ON claims (account, kind);
)sql";

constexpr Migration all_migrations[] = {
    {"the first schema", first_schema},
    {"notes of adapters, settings of staffers", notes_and_settings},
    {"what reports look for", what_reports_need},
    {"who owns whom", who_owns_whom},
    {"whose accounts", whose_accounts},
};

}  // namespace

std::span<const Migration> migrations() {
    return all_migrations;
}

void check_ownership(Connection& connection, std::size_t known_version) {
    const std::int64_t owner = connection.number("PRAGMA application_id");
    const std::int64_t version = connection.number("PRAGMA user_version");
    const bool empty = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (owner == 0 && version == 0 && empty) return;
    if (owner != application_id) throw SqliteError(SQLITE_NOTADB, "it is a database of another program");
    if (version > std::int64_t(known_version))
        throw SqliteError(
            SQLITE_SCHEMA,
            fmt::format(
                "it was written by a newer Rapport (its schema is version {}, this program knows "
                "up to {}). Start the newer Rapport again, or restore a backup from before the upgrade.",
                version, known_version));
}

void migrate(Connection& connection, std::span<const Migration> steps) {
    const auto version = std::size_t(connection.number("PRAGMA user_version"));
    for (std::size_t step = version; step < steps.size(); ++step) {
        Transaction transaction{connection};
        connection.execute(steps[step].sql);
        connection.execute(
            fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, step + 1));
        transaction.commit();
    }
}

}  // namespace rapport::sqlite
