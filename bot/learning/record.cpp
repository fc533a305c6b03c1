#include "bot/learning/record.hpp"

#include <algorithm>
#include <array>

namespace rapport::learning {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

sys_days monday_of(Time at) {
    const sys_days day = std::chrono::floor<days>(at);
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

/// What staff chose; what they wrote themselves is not counted word by word.
std::string reason_of(const AlertRow& alert) {
    constexpr std::array<std::string_view, 4> chosen{"answered", "not_us", "no_reply_wanted", "automated"};
    const bool known = std::find(chosen.begin(), chosen.end(), alert.reason) != chosen.end();
    return known ? alert.reason : "other";
}

void count(Counts& counts, Verdict verdict) {
    ++counts.asked;
    if (verdict == Verdict::good) ++counts.answered;
    if (verdict == Verdict::not_needed) ++counts.not_needed;
}

}  // namespace

Time record_begin(Time now) {
    return monday_of(now) - days{7 * (weeks_shown - 1)};
}

RuleRecord record_of(std::span<const AlertRow> alerts, Time now) {
    RuleRecord record;
    const auto begin = std::chrono::floor<days>(record_begin(now));
    for (int week = 0; week < weeks_shown; ++week) record.weeks.push_back({begin + days{7 * week}, {}});
    std::map<AccountId, std::uint32_t> about;
    for (const AlertRow& alert : alerts) {
        if (!was_asked(alert) || alert.opened < begin || alert.opened > now) continue;
        const auto week = std::size_t((std::chrono::floor<days>(alert.opened) - begin).count() / 7);
        const Verdict verdict = verdict_of(alert);
        count(record.weeks[week].counts, verdict);
        count(record.all, verdict);
        if (verdict != Verdict::not_needed) continue;
        ++record.by_reason[reason_of(alert)];
        ++record.against[against(alert.reason)];
        ++about[alert.about];
    }
    for (const auto& [account, times] : about)
        if (times >= 2) record.about.emplace_back(account, times);
    std::stable_sort(record.about.begin(), record.about.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return record;
}

}  // namespace rapport::learning
