#include "bot/alerts/suits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "bot/alerts/privacy.hpp"

namespace rapport {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> language_names{{
    {"ar", "Arabic"},
    {"de", "German"},
    {"en", "English"},
    {"es", "Spanish"},
    {"fr", "French"},
    {"he", "Hebrew"},
    {"it", "Italian"},
    {"ja", "Japanese"},
    {"ko", "Korean"},
    {"nl", "Dutch"},
    {"pt", "Portuguese"},
    {"ru", "Russian"},
    {"th", "Thai"},
    {"zh", "Chinese"},
}};

std::string_view name_of_language(std::string_view code) {
    const auto* const known = std::find_if(language_names.begin(), language_names.end(),
                                           [&](const auto& one) { return one.first == code; });
    return known == language_names.end() ? code : known->second;
}

/// Of the latest message whose language is known.
std::string language_of(const State& state, const AlertRow& alert) {
    for (auto id = alert.quoted.rbegin(); id != alert.quoted.rend(); ++id)
        if (const MessageRow* message = state.messages.find(*id); message && !message->deleted)
            if (const std::string& language = message->reading.language;
                !language.empty() && language != "unknown")
                return language;
    return {};
}

}  // namespace

Suits::Suits(const Deciding& deciding, const AlertRow& alert)
    : d_(deciding),
      platform_(deciding.state.channels.at(alert.channel).key.platform),
      language_(language_of(deciding.state, alert)),
      private_(is_private(deciding.state, alert)) {
    if (private_) {
        AlertRow nobodys = alert;  // whoever had it last may read it for that alone
        nobodys.staffer.clear();
        readers_ = readers(d_.state, d_.world, nobodys, d_.now);
        private_ = !readers_.empty();
    }
    shared_ = all_flaws;
    for (const Staffer& staffer : d_.world.team.staffers())
        if (staffer.on_team(d_.now)) shared_ &= raw_flaws_of(staffer);
}

Flaws Suits::raw_flaws_of(const Staffer& staffer) const {
    Flaws flaws = 0;
    if (!language_.empty() && !staffer.speaks(language_)) flaws |= foreign_language;
    if (!staffer.has_account_on(platform_)) flaws |= no_account;
    if (private_ && std::find(readers_.begin(), readers_.end(), &staffer) == readers_.end())
        flaws |= may_not_read;
    return flaws;
}

Flaws Suits::flaws_of_team() const {
    Flaws least = all_flaws;
    for (const Staffer& staffer : d_.world.team.staffers())
        if (staffer.on_team(d_.now)) least = std::min(least, flaws_of(staffer));
    return least;
}

std::string Suits::words_against(Flaws flaws) const {
    std::vector<std::string> words;
    if (flaws & may_not_read) words.emplace_back("may not read that direct message");
    if (flaws & no_account) words.push_back(fmt::format("has no account on {}", platform_));
    if (flaws & foreign_language)
        words.push_back(fmt::format("does not speak {}", name_of_language(language_)));
    return fmt::format("{}", fmt::join(words, " and "));
}

std::string Suits::would(Flaws flaws) const {
    std::vector<std::string> words;
    if (flaws & may_not_read) words.emplace_back("may read it");
    if (flaws & no_account) words.push_back(fmt::format("has an account on {}", platform_));
    if (flaws & foreign_language) words.push_back(fmt::format("speaks {}", name_of_language(language_)));
    return fmt::format("{}", fmt::join(words, " and "));
}

std::vector<std::string> Suits::missing() const {
    std::vector<std::string> lines;
    if (shared_ & no_account)
        lines.push_back(fmt::format("nobody on the team has an account on {}", platform_));
    if (shared_ & foreign_language)
        lines.push_back(fmt::format("nobody on the team speaks {}", name_of_language(language_)));
    return lines;
}

bool anybody_has_account(const World& world, std::string_view platform, Time now) {
    const std::vector<Staffer>& all = world.team.staffers();
    return std::any_of(all.begin(), all.end(), [&](const Staffer& staffer) {
        return staffer.on_team(now) && staffer.has_account_on(platform);
    });
}

}  // namespace rapport
