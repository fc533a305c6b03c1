#include "bot/people/suspicion.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {

namespace {

constexpr std::size_t shortest_same = 20;  ///< Bytes: shorter texts are alike by chance.
constexpr std::size_t most_same = 2;
constexpr std::size_t most_places = 8;
constexpr std::chrono::hours same_within{24};

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
char lower(char c) {
    return is_upper(c) ? char(c - 'A' + 'a') : c;
}

/// FNV-1a over the text without blanks and case.
std::int64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') continue;
        hash = (hash ^ static_cast<unsigned char>(lower(c))) * 1099511628211ULL;
    }
    return static_cast<std::int64_t>(hash);
}

bool is_known_to_team(const AccountRow& account) {
    return !account.roles.empty() || !account.owner.empty() ||
           std::any_of(account.ties.begin(), account.ties.end(),
                       [](const StaffTie& tie) { return tie.last_in != never; });
}

/// In how many places it said the same within a day, at most.
std::size_t places(const AccountRow& account, Time now) {
    std::size_t most = 0;
    for (const SameText& one : account.same)
        if (now - one.since < same_within) most = std::max(most, one.channels.size());
    return most;
}

}  // namespace

bool calls_itself_bot(std::string_view name) {
    for (std::size_t i = 0; i + 3 <= name.size(); ++i) {
        if (lower(name[i]) != 'b' || lower(name[i + 1]) != 'o' || lower(name[i + 2]) != 't') continue;
        const char before = i == 0 ? ' ' : name[i - 1];
        const char after = i + 3 == name.size() ? ' ' : name[i + 3];
        const bool letter_before = is_lower(before) || is_upper(before) || (before & 0x80) != 0;
        const bool letter_after = is_lower(after) || is_upper(after) || (after & 0x80) != 0;
        const bool begins = !letter_before || (is_lower(before) && is_upper(name[i]));
        const bool ends = !letter_after || (is_lower(name[i + 2]) && is_upper(after));
        if (begins && ends) return true;
    }
    return false;
}

bool is_young(const AccountRow& account, Time now) {
    return account.created != never && now - account.created < young_account;
}

void note_same_text(AccountRow& account, std::string_view text, ChannelId channel, Time at) {
    if (text.size() < shortest_same) return;
    const std::int64_t hash = hash_of(text);
    auto& all = account.same;
    std::erase_if(all, [&](const SameText& one) { return at - one.since >= same_within; });
    auto one = std::find_if(all.begin(), all.end(), [&](const SameText& s) { return s.hash == hash; });
    if (one == all.end()) {
        if (all.size() >= most_same) all.erase(all.begin());
        one = all.insert(all.end(), {hash, at, {}});
    }
    const bool there = std::find(one->channels.begin(), one->channels.end(), channel) != one->channels.end();
    if (!there && one->channels.size() < most_places) one->channels.push_back(channel);
}

Suspicion suspect(const AccountRow& account, bool has_link, Time now) {
    Suspicion suspicion;
    if (account.human || is_known_to_team(account)) return suspicion;
    const auto add = [&](double weight, std::string reason) {
        suspicion.score += weight;
        suspicion.reasons.push_back(fmt::format("{} ({})", reason, weight));
    };
    if (calls_itself_bot(account.handle) || calls_itself_bot(account.name)) add(0.6, "calls itself a bot");
    const std::size_t count = places(account, now);
    if (count >= 3)
        add(count >= 5 ? 1.0 : 0.5, fmt::format("said the same in {}{} places within a day",
                                                count == most_places ? "at least " : "", count));
    if (has_link && is_young(account, now)) add(0.5, "made less than two days ago, and posts a link");
    return suspicion;
}

}  // namespace rapport
