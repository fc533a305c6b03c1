#pragma once

// Messages as they lie in files: a JSON object a line.

#include <boost/json/object.hpp>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/links/dialogue.hpp"

namespace rapport::links {

/// No line is longer, in bytes.
inline constexpr std::size_t longest_line = 1'000'000;

/// `id`, `channel`, `ts` (ISO 8601, or seconds since 1970), `author`, `text`, `sys`; and its parent, where
/// the platform says it: `reply_to`, else `parent`, else `thread`. What is missing stays empty; so does what
/// is of another kind. Ids are JSON, as they stand in the line: "7" and 7 are two.
Message message_of(const boost::json::object& line);

/// Annotated channels: messages with `parents`, a list of ids; their own starts something. What stands before
/// the last colon of an id is the dialogue's name, so that one file may hold several.
///
/// Adds line by line, so that whoever reads the file decides how (it may be packed).
class ReadMarked {
public:
    explicit ReadMarked(std::string file) : file_(std::move(file)) {}
    /// rejected, with file and line: no JSON object, no id, too long. Empty lines are passed
    /// over.
    Result<> add(std::string_view line);
    /// All that was read. Parents that are not there are left out.
    std::vector<Dialogue> done();

private:
    struct Waiting {
        std::vector<std::string> parents{};
    };
    Error wrong(std::string_view what) const;

    std::string file_;
    std::size_t number_ = 0;
    std::vector<Dialogue> dialogues_;
    std::vector<std::vector<Waiting>> waiting_;
};

}  // namespace rapport::links
