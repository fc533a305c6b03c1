#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <vector>

#include "bot/config/load.hpp"

namespace rapport::config_file {

/// Gathers the mistakes of one file while it is read.
class Mistakes {
public:
    /// `text` must outlive this object.
    Mistakes(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    void add(const YAML::Mark& where, std::string message, std::string suggestion = {});

    /// One of another file that this one names.
    void add(Problem problem);

    bool none() const noexcept { return count_ == 0; }
    /// So many already that another one will not be shown.
    bool full() const noexcept { return count_ >= most_kept; }
    /// In the order of the file, those of other files after it, cut to `max_problems`.
    std::vector<Problem> take();

private:
    /// More than are shown, since those that stand first in the file may be found last.
    static constexpr std::size_t most_kept = 10 * max_problems;

    /// yaml-cpp counts bytes; people and editors count characters.
    int column_of(const YAML::Mark& where) const;

    std::string_view text_;
    std::string file_;
    std::vector<Problem> problems_{};
    std::size_t count_ = 0;  ///< All of them; at most `most_kept` are in problems_.
};

/// The one document of `text`, or null with what is wrong in `mistakes`: too long, not UTF-8, not YAML, more
/// than one document, not a map. An empty text is an empty map.
YAML::Node parse_document(std::string_view text, Mistakes& mistakes);

}  // namespace rapport::config_file
