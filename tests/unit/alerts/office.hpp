#pragma once

// Three staffers of whom one is asked, on a Monday noon.

#include <string>
#include <utility>
#include <vector>

#include "bot/alerts/routing.hpp"
#include "bot/people/working_time.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

namespace rapport::test::office {

inline const Time noon = moment("2026-03-02 12:00");  // a Monday
inline const Time tonight = moment("2026-03-02 22:00");

inline Staffer staffer(const std::string& name) {
    Staffer one;
    one.name = name;
    one.full_name = std::string(1, char(name[0] - 'a' + 'A')) + name.substr(1);
    one.accounts = {{"chat", "home", name}};
    return one;
}

/// ada, bea, cyd (who leads) in UTC, Monday to Friday 09:00-17:00, on duty in help: bea, ada.
struct Office {
    std::vector<Staffer> staff{staffer("ada"), staffer("bea"), staffer("cyd")};
    State state{};
    PersonView person{};
    Urgency urgency = Urgency::normal;
    std::vector<std::string> except{};
    AlertRow alert = in_channel();
    std::vector<Group> groups{{"help", {"bea", "ada"}, {}}};

    static AlertRow in_channel() {
        AlertRow row;
        row.channel = ChannelId{1};
        return row;
    }
    Office() {
        staff[2].lead = true;
        ChannelRow channel;
        channel.id = alert.channel;
        channel.key = {"chat", "home", "help"};
        state.channels.add(channel);
    }
    Staffer& ada() { return staff[0]; }
    Staffer& bea() { return staff[1]; }
    Staffer& cyd() { return staff[2]; }
    void busy(const std::string& name, std::uint32_t alerts) { state.staffers[name] = {name, {}, alerts}; }
    void tied(const std::vector<std::pair<std::string, std::uint32_t>>& names) { ties = names; }

    /// The alert is about this as well.
    void says(const std::string& text, const std::string& language = "en") {
        MessageRow message;
        message.id = MessageId(std::int64_t(alert.quoted.size()) + 1);
        message.channel = alert.channel;
        message.text = text;
        message.reading.language = language;
        alert.quoted.push_back(message.id);
        state.messages.add(message);
    }

    Route route(std::vector<std::string> ask, Time now = noon) {
        rules::LoadResult loaded = rules::load(
            "rules:\n  - {name: r, title: R, when: message.length > 0, ask: [channel], reply within: 1h}\n",
            "r.yaml");
        REQUIRE(loaded.rules);
        const World world{Team{staff, groups, {}, {}}, std::move(*loaded.rules), Config{}};
        person.ties.clear();
        for (const auto& [name, contacts] : ties)
            person.ties.push_back({world.team.staffer(name), 1, 1, noon, noon, contacts});
        const Deciding d{state, world, now, {}, {}};
        alert.asked = except;
        alert.policy.urgency = urgency;
        return choose_route(d, person, alert, ask);
    }
    std::vector<std::pair<std::string, std::uint32_t>> ties{};
};

inline std::string all(const Route& route) {
    std::string text;
    for (const std::string& line : route.why) text += line + "\n";
    return text;
}

inline bool to_channel(const Route& route) {
    return route.staffer.empty() && route.hold_until == never;
}

}  // namespace rapport::test::office
