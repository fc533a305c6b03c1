#pragma once

// What is kept, in whole batches: load what a batch touches, save what it changed. Blocking on purpose, one
// thread at a time; the pipeline calls it from its own thread. SQLite today (store/sqlite), PostgreSQL later,
// same face.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/store/state.hpp"

namespace rapport {

/// One stored version of the rules.
struct RulesVersion {
    std::int64_t id = 0;
    Time at{};
    std::string by{};  ///< "file" or a staffer's name.
    std::string hash{};
    std::string source{};
};

/// A line of a conversation as people read it.
struct TranscriptLine {
    MessageRow message{};
    AccountRow author{};
};

struct ConversationLine {
    ConversationRow conversation{};
    ChannelRow channel{};
    MessageRow last{};
    AccountRow author{};  ///< Of `last`.
};

struct StoreCounts {
    std::uint64_t accounts = 0, persons = 0, channels = 0, messages = 0, conversations = 0;
    std::uint64_t alerts = 0, alerts_open = 0, outbox = 0, quarantine = 0, gaps = 0;
};

/// A change that somebody asked for from outside the running program (`rapport people link`), waiting to be
/// taken.
struct Request {
    std::int64_t id = 0;
    std::string body{};  ///< JSON, made and read by pipeline/requests.
};

class Store {
public:
    virtual ~Store() = default;

    // ------------------------------------------------------------------ the way of a batch
    /// Puts the small tables, the next ids and the open timers into an empty `state`. First call of a run.
    virtual Result<> open(State& state) = 0;
    /// Puts the wanted rows into `state`; what does not exist is noted as absent. Rows already there stay.
    virtual Result<> load(const Wanted& wanted, State& state) = 0;
    /// Saves all changes and additions of `state` in one transaction, durable when it returns. After an error
    /// nothing of it is kept and the state must be reset and loaded anew.
    virtual Result<> save(const State& state) = 0;

    // ------------------------------------------------------------------ the outbox
    /// What is still to be delivered, oldest first, at most `limit`.
    virtual Result<std::vector<OutboxRow>> outbox(std::size_t limit) = 0;

    // ------------------------------------------------------------------ for people and reports: read only
    virtual Result<StoreCounts> counts() = 0;
    /// Alerts in order of id; `open_only` leaves out closed ones. `after`: only ids greater.
    virtual Result<std::vector<AlertRow>> alerts(bool open_only, AlertId after, std::size_t limit) = 0;
    /// Alerts that were not closed before `from`: closed then or later, or not yet; in order of id. Found by
    /// an index.
    virtual Result<std::vector<AlertRow>> alerts_since(Time from) = 0;
    /// Alerts of one rule that were raised at `since` or later, in order of id; of more than `limit` the
    /// newest.
    virtual Result<std::vector<AlertRow>> alerts_of_rule(std::string_view rule, Time since,
                                                         std::size_t limit) = 0;
    /// Accounts whose handle, name or id contains `text` (ASCII case does not matter); empty text: the most
    /// recent.
    virtual Result<std::vector<AccountRow>> find_accounts(std::string_view text, std::size_t limit) = 0;
    /// Messages of one channel after the message with native id `after` (empty: the latest `limit`), in
    /// order.
    virtual Result<std::vector<TranscriptLine>> transcript(const ChannelKey& channel, std::string_view after,
                                                           std::size_t limit) = 0;
    /// Latest conversations of a platform, newest first.
    virtual Result<std::vector<ConversationLine>> recent_conversations(std::string_view platform,
                                                                       std::size_t limit) = 0;
    /// Every stored message with `at >= from`, in the order of ids, until `take` returns false. Reads little
    /// else than those, wherever they stand among the others.
    virtual Result<> each_message(
        Time from,
        const std::function<bool(const MessageRow&, const AccountRow&, const ChannelRow&)>& take) = 0;
    /// Messages of one account, oldest first (export).
    virtual Result<std::vector<MessageRow>> messages_of(AccountId account, std::size_t limit) = 0;
    /// Accounts that the account has addressed, the closest first.
    virtual Result<std::vector<AccountId>> known_to(AccountId account, std::size_t limit) = 0;
    /// Who owns somebody: names of staffers, of those who are gone as well.
    virtual Result<std::vector<std::string>> owners() = 0;
    /// Accounts that the staffer of that name owns, in order of id. Found by an index.
    virtual Result<std::vector<AccountId>> owned_by(std::string_view staffer, std::size_t limit) = 0;
    /// Pairs of accounts of different persons that claim the same, of kinds that may prove something
    /// together.
    virtual Result<std::vector<SharedClaim>> shared_claims(std::size_t limit) = 0;
    virtual Result<std::vector<QuarantineRow>> quarantined(std::size_t limit) = 0;
    virtual Result<std::vector<GapRow>> gaps(std::size_t limit) = 0;
    /// What staffers have set for themselves, by name; those who never set anything may be missing.
    virtual Result<std::map<std::string, StafferRow>> staffers() = 0;

    // ------------------------------------------------------------------ what adapters remember
    /// Values by key, of all keys that begin with `prefix`.
    virtual Result<std::map<std::string, std::string>> notes(std::string_view prefix) = 0;
    /// Keeps one value under its key in place of an earlier one; durable when it returns. Any bytes.
    virtual Result<> keep_note(std::string_view key, std::string_view value) = 0;
    virtual Result<> erase_note(std::string_view key) = 0;

    // ------------------------------------------------------------------ rules, requests
    /// Keeps a version of the rules unless the newest one is the same; says which id it has.
    virtual Result<std::int64_t> keep_rules(const RulesVersion& version) = 0;
    virtual Result<std::vector<RulesVersion>> rules_versions(std::size_t limit) = 0;
    virtual Result<std::int64_t> add_request(std::string_view body) = 0;
    virtual Result<std::vector<Request>> requests() = 0;
    /// Marks a request as done, with the words for whoever asked.
    virtual Result<> answer_request(std::int64_t id, std::string_view answer) = 0;
    /// Empty while it waits.
    virtual Result<std::string> request_answer(std::int64_t id) = 0;
};

}  // namespace rapport
