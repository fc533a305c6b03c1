#include "bot/people/ties.hpp"

#include <algorithm>
#include <cmath>

namespace rapport {

namespace {

/// The landmark of forward decay. Any fixed day will do; sums of different landmarks must not be mixed.
constexpr Time landmark{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};
constexpr double ms_per_month = 30.436875 * 24 * 3600 * 1000;
/// What is said within a day of the last contact goes on with it.
constexpr std::chrono::hours same_contact{24};

}  // namespace

double weight_of(Interaction kind, const TiesConfig& config) {
    switch (kind) {
        case Interaction::reply:
            return config.reply;
        case Interaction::mention:
            return config.mention;
        case Interaction::reaction:
            return config.reaction;
        case Interaction::shared_conversation:
            return config.shared_conversation;
    }
    return 0;
}

Decay::Decay(double per_month) : rate_per_ms_(-std::log(per_month) / ms_per_month) {}

double Decay::grown(Time at) const {
    return std::exp(rate_per_ms_ * double((at - landmark).count()));
}

double mutual_strength(double out, double in) {
    const double more = std::max(out, in);
    if (more <= 0) return 0;
    return (out + in) * (0.5 + 0.5 * std::min(out, in) / more);
}

void note_silence(StaffTie& tie, Time at) {
    const Time before = std::max(tie.last_out, tie.last_in);
    if (before == never || at - before < same_contact) return;
    if (tie.gaps.size() >= max_gaps) tie.gaps.erase(tie.gaps.begin());
    tie.gaps.push_back(std::uint32_t(std::chrono::floor<std::chrono::hours>(at - before).count()));
}

void add_to(StaffTie& tie, double weight, bool outward, Time at, const Decay& fast, const Decay& deep) {
    (outward ? tie.out : tie.in) += weight * fast.grown(at);
    (outward ? tie.deep_out : tie.deep_in) += weight * deep.grown(at);
    Time& last = outward ? tie.last_out : tie.last_in;
    last = std::max(last, at);
    ++tie.contacts;
}

std::int32_t community_bucket(double forward_sum) {
    return static_cast<std::int32_t>(std::floor(4 * std::log2(forward_sum)));
}

void move_in_community(CommunityRow& community, const StaffTie& before, const StaffTie& after) {
    const double was = mutual_strength(before.deep_out, before.deep_in);
    const double is = mutual_strength(after.deep_out, after.deep_in);
    if (was > 0) {
        const auto at = community.ties.find(community_bucket(was));
        if (at != community.ties.end() && --at->second == 0) community.ties.erase(at);
    }
    if (is > 0) ++community.ties[community_bucket(is)];
}

}  // namespace rapport
