// The rare parts of a save: small tables, records, erasure.

#include "bot/store/sqlite/erased.hpp"
#include "bot/store/sqlite/row_codec.hpp"
#include "bot/store/sqlite/saver.hpp"

namespace rapport::sqlite {

void Saver::save_small_tables(const State& state) {
    for (const AlertId alert : state.added.timers_changed) {
        const Time due = state.timer_of(alert);
        if (due == never) {
            drop_timer_.run(alert);
        } else {
            put_timer_.run(alert, due);
        }
    }
    for (const std::string& name : state.added.staffers_changed) {
        const auto at = state.staffers.find(name);
        if (at == state.staffers.end()) {
            drop_staffer_.run(name);
        } else {
            const StafferRow& row = at->second;
            Encoder encoder{bytes_};
            hot_fields(encoder, row);
            put_staffer_.run(name, row.away_until, row.open_alerts, row.hours, row.zone, Blob{bytes_});
        }
    }
    for (const std::string& name : state.added.cursors_changed) {
        const auto at = state.cursors.find(name);
        if (at == state.cursors.end()) {
            drop_cursor_.run(name);
        } else {
            put_cursor_.run(name, at->second);
        }
    }
    if (state.added.community_changed) {
        Encoder{bytes_}(state.community);
        put_community_.run(Blob{bytes_});
    }
}

void Saver::save_records(const State& state) {
    for (const std::string& id : state.added.actions) put_action_.run(id, state.now);
    for (const QuarantineRow& row : state.added.quarantine)
        put_quarantine_.run(row.at, row.source, row.error, row.what, row.raw);
    for (const GapRow& row : state.added.gaps)
        put_gap_.run(realms_.make(row.channel.platform, row.channel.realm), row.channel.id, row.from,
                     row.until, row.why);
}

std::string Saver::secret() {
    Rows rows = erased_key_.with();
    if (!rows.next()) throw SqliteError(SQLITE_CORRUPT, "the table world is empty");
    return std::string(rows.blob(0));
}

void Saver::save_claims(const State& state) {
    if (state.added.claims.empty()) return;
    const std::string key = secret();
    for (const ClaimsStated& stated : state.added.claims) {
        drop_claims_.run(stated.account, stated.kind);
        for (const std::string& claim : stated.claims) {
            const std::string hash = claim_hash(key, claim);
            put_claim_.run(Blob{hash}, stated.account, stated.kind);
        }
    }
}

void Saver::save_world(const State& state) {
    const NextIds& next = state.next;
    put_world_.run(state.now, next.account, next.channel, next.message, next.conversation, next.alert,
                   next.outbox);
}

std::optional<AccountKey> Saver::free_key(AccountId account, const State& state) {
    std::optional<AccountKey> key;
    if (const AccountRow* row = state.accounts.find(account)) {
        key = row->key;
    } else {
        Rows rows = key_of_.with(account);
        if (!rows.next()) return key;  // erased before
        const Realms::Name& realm = realms_.name(rows.integer(0));
        key = {realm.platform, realm.realm, rows.string(1)};
    }
    free_key_.run(account, freed_key(account));
    return key;
}

void Saver::erase(AccountId account, const AccountKey& key) {
    for (std::int64_t message = authors_.head(std::int64_t(account)); message != 0;) {
        erase_text_.run(message);
        Rows rows = author_before_.with(message);
        message = rows.next() ? rows.integer(0) : 0;
    }
    authors_.forget(std::int64_t(account));
    erase_ties_.run(account);
    erase_account_.run(account);
    erase_claims_.run(account);
    const std::string hash = erased_hash(secret(), key);
    put_erased_.run(Blob{hash});
}

}  // namespace rapport::sqlite
