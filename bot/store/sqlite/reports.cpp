#include "bot/store/sqlite/reports.hpp"

#include <algorithm>
#include <deque>
#include <unordered_set>

namespace rapport::sqlite {
namespace {

/// How many rows a report keeps at hand or reads in one go, so that it neither fills the memory nor holds a
/// read transaction for long (which would keep the write-ahead log from being emptied).
constexpr std::size_t keep_accounts = 50'000;
constexpr std::int64_t chunk = 1'000;

/// SQL's LIKE pattern for "contains `text`", with its wildcards taken literally.
std::string contains(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

std::int64_t first_number(Statement& statement, std::int64_t id) {
    Rows rows = statement.with(id);
    return rows.next() ? rows.integer(0) : 0;
}

}  // namespace

const AccountRow& Reports::account(AccountId id, Shared& shared) {
    if (shared.accounts.size() > keep_accounts) shared.accounts.clear();
    const auto [at, is_new] = shared.accounts.try_emplace(id);
    if (is_new && id != AccountId::none)
        if (auto row = reader_.account(id)) at->second = std::move(*row);
    return at->second;
}

const ChannelRow& Reports::channel(ChannelId id, Shared& shared) {
    const auto [at, is_new] = shared.channels.try_emplace(id);
    if (is_new)
        if (auto row = reader_.channel(id)) at->second = std::move(*row);
    return at->second;
}

StoreCounts Reports::counts() {
    const auto count = [&](const char* what) {
        return std::uint64_t(connection_.number(std::string("SELECT count(*) FROM ") + what));
    };
    StoreCounts counts;
    counts.accounts = count("accounts");
    counts.persons = count("accounts WHERE person = id");
    counts.channels = count("channels");
    counts.messages = count("messages");
    counts.conversations = count("conversations");
    counts.alerts = count("alerts");
    counts.alerts_open = count("alerts WHERE closed = 0");
    counts.outbox = count("outbox");
    counts.quarantine = count("quarantine");
    counts.gaps = count("gaps");
    return counts;
}

std::vector<AlertRow> Reports::alerts(bool open_only, AlertId after, std::size_t limit) {
    std::vector<AlertRow> all;
    Rows rows = (open_only ? open_alerts_ : all_alerts_).with(after, limit);
    while (rows.next()) all.push_back(Reader::read_alert(rows));
    return all;
}

/// From the newest back: ids rise with time, so it ends where the first older one stands, and needs no index.
std::vector<AlertRow> Reports::alerts_of_rule(std::string_view rule, Time since, std::size_t limit) {
    std::vector<AlertRow> found;
    Rows rows = newest_alerts_.with();
    while (found.size() < limit && rows.next()) {
        AlertRow alert = Reader::read_alert(rows);
        if (alert.created < since) break;
        if (alert.rule == rule) found.push_back(std::move(alert));
    }
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<AccountRow> Reports::find_accounts(std::string_view text, std::size_t limit) {
    std::vector<AccountRow> found;
    const std::string pattern = contains(text);
    Rows rows = text.empty() ? latest_accounts_.with(limit) : find_accounts_.with(pattern, limit);
    while (rows.next()) found.push_back(reader_.read_account(rows));
    return found;
}

std::vector<TranscriptLine> Reports::transcript(const ChannelKey& key, const std::string& after,
                                                std::size_t limit) {
    const std::optional<ChannelRow> row = reader_.channel(key);
    if (!row || limit == 0) return {};
    MessageId stop{};
    if (!after.empty())
        if (const auto message = reader_.message(row->id, after)) stop = message->id;
    // From the newest back to `after`, keeping what comes right after it; or just the newest.
    std::deque<std::int64_t> ids;
    for (std::int64_t id = first_number(channel_newest_, std::int64_t(row->id)); id > std::int64_t(stop);
         id = first_number(channel_before_, id)) {
        ids.push_front(id);
        if (ids.size() <= limit) continue;
        if (stop == MessageId::none) {
            ids.pop_front();
            break;
        }
        ids.pop_back();
    }
    Shared shared;
    std::vector<TranscriptLine> lines;
    for (const std::int64_t id : ids)
        if (auto message = reader_.message(MessageId(id))) {
            const AccountRow& author = account(message->author, shared);
            lines.push_back({std::move(*message), author});
        }
    return lines;
}

std::vector<ConversationLine> Reports::recent_conversations(std::string_view platform, std::size_t limit) {
    Shared shared;
    std::vector<ConversationLine> lines;
    std::unordered_set<std::int64_t> seen;
    // The latest conversation is that of the latest message, and so on: no index needed.
    for (Rows rows = latest_places_.with(); lines.size() < limit && rows.next();) {
        const std::int64_t id = rows.integer(1);
        if (id == 0 || !seen.insert(id).second) continue;
        const ChannelRow& place = channel(rows.id<ChannelId>(2), shared);
        if (place.key.platform != platform) continue;
        std::optional<ConversationRow> conversation = reader_.conversation(ConversationId(id));
        std::optional<MessageRow> last = reader_.message(rows.id<MessageId>(0));
        if (!conversation || !last) continue;
        const AccountRow& author = account(last->author, shared);
        lines.push_back({std::move(*conversation), place, std::move(*last), author});
    }
    return lines;
}

std::vector<AlertRow> Reports::alerts_since(Time from) {
    std::vector<AlertRow> all;
    for (Rows rows = alerts_since_.with(from); rows.next();) {
        AlertRow alert = Reader::read_alert(rows);
        if (!is_closed(alert.state) || alert.closed >= from) all.push_back(std::move(alert));
    }
    return all;
}

std::vector<std::pair<std::int64_t, std::int64_t>> Reports::ranges_since(Time from) {
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    const std::int64_t day = std::chrono::floor<std::chrono::days>(from).time_since_epoch().count();
    for (Rows rows = days_.with(day); rows.next();) {
        const std::int64_t first = rows.integer(0), last = rows.integer(1);
        if (ranges.empty() || first > ranges.back().second + 1) {
            ranges.emplace_back(first, last);
        } else {
            ranges.back().second = std::max(ranges.back().second, last);
        }
    }
    return ranges;
}

void Reports::each_message(Time from, const Take& take) {
    Shared shared;
    for (const auto& [first, end] : ranges_since(from)) {
        std::int64_t last = first - 1;
        for (bool more = true; more;) {
            std::vector<MessageRow> messages;
            more = false;
            for (Rows rows = scan_.with(last, chunk, end); rows.next(); more = true) {
                last = rows.integer(0);
                if (rows.time(4) >= from) messages.push_back(Reader::read_message(rows));
            }
            for (const MessageRow& message : messages) {
                const ChannelRow& place = channel(message.channel, shared);
                if (!take(message, account(message.author, shared), place)) return;
            }
        }
    }
}

std::vector<MessageRow> Reports::messages_of(AccountId account, std::size_t limit) {
    std::vector<std::int64_t> ids;
    for (std::int64_t id = first_number(author_newest_, std::int64_t(account)); id != 0;
         id = first_number(author_before_, id))
        ids.push_back(id);
    std::vector<MessageRow> messages;
    for (auto id = ids.rbegin(); id != ids.rend() && messages.size() < limit; ++id)
        if (auto message = reader_.message(MessageId(*id))) messages.push_back(std::move(*message));
    return messages;
}

std::vector<AccountId> Reports::known_to(AccountId account, std::size_t limit) {
    std::vector<AccountId> all;
    for (Rows rows = known_to_.with(account, limit); rows.next();) all.push_back(rows.id<AccountId>(0));
    return all;
}

std::vector<std::string> Reports::owners() {
    std::vector<std::string> all;
    for (Rows rows = owners_.with(); rows.next();) all.push_back(rows.string(0));
    return all;
}

std::vector<AccountId> Reports::owned_by(std::string_view staffer, std::size_t limit) {
    std::vector<AccountId> all;
    for (Rows rows = owned_by_.with(staffer, limit); rows.next();) all.push_back(rows.id<AccountId>(0));
    return all;
}

std::vector<SharedClaim> Reports::shared_claims(std::size_t limit) {
    std::vector<SharedClaim> all;
    for (Rows rows = shared_claims_.with(limit); rows.next();)
        all.push_back({rows.id<AccountId>(0), rows.id<AccountId>(1), ClaimKind(rows.integer(2)),
                       ClaimKind(rows.integer(3))});
    return all;
}

std::vector<QuarantineRow> Reports::quarantined(std::size_t limit) {
    std::vector<QuarantineRow> all;
    for (Rows rows = quarantined_.with(limit); rows.next();)
        all.push_back({rows.time(0), rows.string(1), rows.string(2), rows.string(3), rows.string(4)});
    return all;
}

std::vector<GapRow> Reports::gaps(std::size_t limit, Realms& realms) {
    std::vector<GapRow> all;
    for (Rows rows = gaps_.with(limit); rows.next();) {
        const Realms::Name& realm = realms.name(rows.integer(0));
        all.push_back(
            {{realm.platform, realm.realm, rows.string(1)}, rows.time(2), rows.time(3), rows.string(4)});
    }
    return all;
}

std::vector<RulesVersion> Reports::rules_versions(std::size_t limit) {
    std::vector<RulesVersion> all;
    for (Rows rows = rules_.with(limit); rows.next();)
        all.push_back({rows.integer(0), rows.time(1), rows.string(2), rows.string(3), rows.string(4)});
    return all;
}

}  // namespace rapport::sqlite
