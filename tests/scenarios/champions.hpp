#pragma once

// A rule about champions who ask something, with whom to ask as the test wants it.

#include <string>
#include <string_view>

namespace rapport::test {

inline std::string champion_rules(std::string_view ask, std::string_view urgency = "normal") {
    return "rules:\n"
           "  - name: champion-waits\n"
           "    title: A champion is waiting for an answer\n"
           "    when: person.role in [champion] and message.needs_reply and not "
           "conversation.answered_by_person\n"
           "    ask: [" +
           std::string(ask) +
           "]\n"
           "    reply within: 2d\n"
           "    cooldown: 0s\n"
           "    urgency: " +
           std::string(urgency) + "\n";
}

inline constexpr std::string_view question = "Does version 2.0 speak IPv6?";

}  // namespace rapport::test
