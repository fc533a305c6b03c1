#pragma once

// What staff write to Rapport, after the command or as chat, understood as far as it is unambiguous. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::office {

enum class Want {
    help,
    mine,
    open_alerts,
    who,
    why,
    rules,
    team,
    away,
    quiet,
    back,
    hours,
    me,
    me_add,
    me_remove,
    link,
    unlink,
    role,
    owner,
    rhythm,
    succession,
    report,
    forget,
    thanks,
    unclear,
};

struct Intent {
    Want want = Want::help;
    std::string who{};    ///< A person or an account, as written, without '@'.
    std::string other{};  ///< `link`: the second one. `owner`: the staffer; empty: nobody.
    std::string
        rest{};  ///< `away`, `quiet`: until when. `hours`, `rules`: which. `unclear`: the nearest command.
    std::int64_t alert = 0;
    std::vector<std::string> add{}, remove{};  ///< Roles.
};

Intent understand(std::string_view text);

/// The commands with what they do, for `help`.
struct CommandHelp {
    std::string_view usage;
    std::string_view what;
};
const std::vector<CommandHelp>& commands();

}  // namespace rapport::office
