#include "bot/store/sqlite/sqlite_store.hpp"

#include "bot/store/sqlite/errors.hpp"
#include "bot/store/sqlite/loader.hpp"
#include "bot/store/sqlite/lock_file.hpp"
#include "bot/store/sqlite/open.hpp"
#include "bot/store/sqlite/reports.hpp"
#include "bot/store/sqlite/saver.hpp"
#include "bot/store/sqlite/schema.hpp"

namespace rapport {
namespace sqlite {
namespace {

/// The store's face: each call is one transaction, each failure an Error in words.
class SqliteStore final : public Store {
public:
    SqliteStore(const SqliteOptions& options, LockFile lock, std::unique_ptr<Connection> connection)
        : options_(options), lock_(std::move(lock)), connection_(std::move(connection)) {}

    Result<> open(State& state) override {
        return read([&] { loader_.open(state); });
    }
    Result<> load(const Wanted& wanted, State& state) override {
        if (wanted.empty()) return {};
        return read([&] { loader_.load(wanted, state); });
    }
    Result<> save(const State& state) override;
    Result<std::vector<OutboxRow>> outbox(std::size_t limit) override {
        return read([&] { return outbox_.pending(limit); });
    }

    Result<StoreCounts> counts() override {
        return read([&] { return reports_.counts(); });
    }
    Result<std::vector<AlertRow>> alerts(bool open_only, AlertId after, std::size_t limit) override {
        return read([&] { return reports_.alerts(open_only, after, limit); });
    }
    Result<std::vector<AlertRow>> alerts_since(Time from) override {
        return read([&] { return reports_.alerts_since(from); });
    }
    Result<std::vector<AlertRow>> alerts_of_rule(std::string_view rule, Time since,
                                                 std::size_t limit) override {
        return read([&] { return reports_.alerts_of_rule(rule, since, limit); });
    }
    Result<std::vector<AccountRow>> find_accounts(std::string_view text, std::size_t limit) override {
        return read([&] { return reports_.find_accounts(text, limit); });
    }
    Result<std::vector<TranscriptLine>> transcript(const ChannelKey& channel, std::string_view after,
                                                   std::size_t limit) override {
        return read([&] { return reports_.transcript(channel, std::string(after), limit); });
    }
    Result<std::vector<ConversationLine>> recent_conversations(std::string_view platform,
                                                               std::size_t limit) override {
        return read([&] { return reports_.recent_conversations(platform, limit); });
    }
    Result<> each_message(Time from, const Reports::Take& take) override {
        // Not one transaction: `take` may be slow, and a long read would keep the log from being emptied.
        return guarded(options_.path, "read", [&] { reports_.each_message(from, take); });
    }
    Result<std::vector<MessageRow>> messages_of(AccountId account, std::size_t limit) override {
        return read([&] { return reports_.messages_of(account, limit); });
    }
    Result<std::vector<AccountId>> known_to(AccountId account, std::size_t limit) override {
        return read([&] { return reports_.known_to(account, limit); });
    }
    Result<std::vector<std::string>> owners() override {
        return read([&] { return reports_.owners(); });
    }
    Result<std::vector<AccountId>> owned_by(std::string_view staffer, std::size_t limit) override {
        return read([&] { return reports_.owned_by(staffer, limit); });
    }
    Result<std::vector<SharedClaim>> shared_claims(std::size_t limit) override {
        return read([&] { return reports_.shared_claims(limit); });
    }
    Result<std::vector<QuarantineRow>> quarantined(std::size_t limit) override {
        return read([&] { return reports_.quarantined(limit); });
    }
    Result<std::vector<GapRow>> gaps(std::size_t limit) override {
        return read([&] { return reports_.gaps(limit, realms_); });
    }

    Result<std::map<std::string, StafferRow>> staffers() override {
        return read([&] { return loader_.staffers(); });
    }

    Result<std::map<std::string, std::string>> notes(std::string_view prefix) override {
        return read([&] {
            std::map<std::string, std::string> found;
            for (Rows rows = notes_.with(prefix); rows.next() && rows.text(0).starts_with(prefix);)
                found.emplace(rows.string(0), rows.blob(1));
            return found;
        });
    }
    Result<> keep_note(std::string_view key, std::string_view value) override {
        if (options_.requests_only) return may_not_write();
        return write([&] { keep_note_.run(key, Blob{value}); });
    }
    Result<> erase_note(std::string_view key) override {
        if (options_.requests_only) return may_not_write();
        return write([&] { erase_note_.run(key); });
    }

    Result<std::int64_t> keep_rules(const RulesVersion& version) override;
    Result<std::vector<RulesVersion>> rules_versions(std::size_t limit) override {
        return read([&] { return reports_.rules_versions(limit); });
    }
    Result<std::int64_t> add_request(std::string_view body) override {
        return write([&] {
            add_request_.run(body);
            return std::int64_t(sqlite3_last_insert_rowid(connection_->handle()));
        });
    }
    Result<std::vector<Request>> requests() override {
        return read([&] {
            std::vector<Request> waiting;
            for (Rows rows = requests_.with(); rows.next();)
                waiting.push_back({rows.integer(0), rows.string(1)});
            return waiting;
        });
    }
    Result<> answer_request(std::int64_t id, std::string_view answer) override {
        if (options_.requests_only) return may_not_write();
        return write([&] { answer_request_.run(id, answer); });
    }
    Result<std::string> request_answer(std::int64_t id) override {
        return read([&] {
            Rows rows = request_answer_.with(id);
            return rows.next() ? rows.string(0) : std::string{};
        });
    }

private:
    /// Reads in one transaction: a snapshot, and one lock for all statements.
    template <class Work>
    Result<std::invoke_result_t<Work>> read(Work work) {
        return guarded(options_.path, "read", [&]() -> std::invoke_result_t<Work> {
            struct Snapshot {
                explicit Snapshot(Connection& opened) : connection(opened) { connection.execute("BEGIN"); }
                ~Snapshot() { sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }
                Connection& connection;
            } snapshot{*connection_};
            return work();
        });
    }
    template <class Work>
    Result<std::invoke_result_t<Work>> write(Work work) {
        return guarded(options_.path, "save to", [&]() -> std::invoke_result_t<Work> {
            Transaction transaction{*connection_};
            if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                work();
                transaction.commit();
            } else {
                auto result = work();
                transaction.commit();
                return result;
            }
        });
    }
    Error may_not_write() const {
        return {ErrorKind::rejected,
                "This connection to " + options_.path +
                    " is only for requests to the running Rapport. Stop that one first, or send "
                    "it a request."};
    }

    SqliteOptions options_;
    LockFile lock_;  // before the connection: released after it is closed
    std::unique_ptr<Connection> connection_;
    Realms realms_{*connection_};
    Reader reader_{*connection_, realms_};
    Loader loader_{*connection_, reader_};
    Outbox outbox_{*connection_};
    Saver saver_{*connection_, realms_, outbox_};
    Reports reports_{*connection_, reader_};
    Statement notes_{*connection_, "SELECT key, value FROM notes WHERE key >= ?1 ORDER BY key"};
    Statement keep_note_{*connection_, "INSERT OR REPLACE INTO notes (key, value) VALUES (?1, ?2)"};
    Statement erase_note_{*connection_, "DELETE FROM notes WHERE key = ?1"};
    Statement newest_rules_{*connection_, "SELECT id, hash FROM rules_versions ORDER BY id DESC LIMIT 1"};
    Statement add_rules_{*connection_,
                         "INSERT INTO rules_versions (at, author, hash, source) VALUES (?1, ?2, ?3, ?4)"};
    Statement add_request_{*connection_, "INSERT INTO requests (body) VALUES (?1)"};
    Statement requests_{*connection_, "SELECT id, body FROM requests WHERE answer IS NULL ORDER BY id"};
    // The body goes: it may name an account that it asked to erase.
    Statement answer_request_{*connection_, "UPDATE requests SET answer = ?2, body = '' WHERE id = ?1"};
    Statement request_answer_{*connection_, "SELECT coalesce(answer, '') FROM requests WHERE id = ?1"};
};

Result<> SqliteStore::save(const State& state) {
    if (options_.requests_only) return may_not_write();
    const Result<> saved = write([&] { saver_.save(state); });
    if (!saved) {
        saver_.forget();
        return saved;
    }
    // Erased words must not live on in the log. If the disk refuses just now, a later checkpoint does it.
    if (!state.added.erased.empty())
        sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
    return saved;
}

Result<std::int64_t> SqliteStore::keep_rules(const RulesVersion& version) {
    if (options_.requests_only) return may_not_write();
    return write([&]() -> std::int64_t {
        {
            Rows rows = newest_rules_.with();
            if (rows.next() && rows.text(1) == version.hash) return rows.integer(0);
        }
        add_rules_.run(version.at, version.by, version.hash, version.source);
        return sqlite3_last_insert_rowid(connection_->handle());
    });
}

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options) {
    sqlite::LockFile lock;
    if (options.vfs.empty() && !options.read_only && !options.requests_only) {
        if (const Result<> ready = sqlite::prepare_folder(options.path); !ready) return ready.error();
        Result<sqlite::LockFile> taken = sqlite::LockFile::take(options.path);
        if (!taken) return taken.error();
        lock = std::move(*taken);
    }
    auto connection =
        sqlite::guarded(options.path, "open", [&] { return sqlite::connect(options, sqlite::migrations()); });
    if (!connection) return connection.error();
    return std::unique_ptr<Store>(
        std::make_unique<sqlite::SqliteStore>(options, std::move(lock), std::move(*connection)));
}

}  // namespace rapport
