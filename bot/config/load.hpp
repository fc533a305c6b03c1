#pragma once

// From the text of config/rapport.yaml and config/team.yaml to checked values. Pure: the caller reads the
// files. All mistakes are reported at once, each with its place and, where there is one, what was probably
// meant.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/config/config.hpp"
#include "bot/people/team.hpp"

namespace rapport {

/// One mistake in a file.
struct Problem {
    std::string file{};
    int line = 0;    ///< From 1; 0: the file as a whole.
    int column = 0;  ///< From 1, in characters; 0: the line as a whole.
    std::string message{};
    std::string suggestion{};  ///< What to do, or empty.

    /// "config/team.yaml:12:5: there is no staffer "eda". Did you mean "ada"?"
    std::string text() const;
};

/// What a file holds, or what is wrong with it: `value` is set if and only if `problems` is empty.
template <class T>
struct Loaded {
    std::optional<T> value{};
    std::vector<Problem> problems{};  ///< In the order of the file; at most `max_problems`.
};

/// More mistakes than this are not worth reading; the last one says how many were left out.
inline constexpr std::size_t max_problems = 100;
/// A longer file is refused unread.
inline constexpr std::size_t max_config_bytes = 4 * 1024 * 1024;

/// `text`: rapport.yaml, UTF-8. `file`: its name, for problems. An empty text gives the defaults.
Loaded<Config> load_config(std::string_view text, std::string_view file);

/// Gives the text of a file that another one names, by the path as it is written there, or words why not.
using ReadFile = std::function<Result<std::string>(const std::string& name)>;

/// `text`: team.yaml, UTF-8. Checks within the file as well: group members and backups exist, neither backups
/// nor groups run in a circle, an account belongs to one staffer and not to the brand too, zones are known to
/// the system. `read` gives the calendars that it names; each is asked for once. Their mistakes are told with
/// their own names and lines.
Loaded<Team> load_team(std::string_view text, std::string_view file, const ReadFile& read = {});

}  // namespace rapport
