#pragma once

#include <yaml-cpp/yaml.h>

#include <chrono>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/config/mistakes.hpp"

namespace rapport::config_file {

/// A map of known keys. Each key is asked for once, by the function for its type; what was never asked for is
/// unknown, and `finish` says so. A key that is missing leaves the value as it is; a value of the wrong type
/// or outside its range is a mistake and leaves it as well.
class Section {
public:
    /// `path` names the section in messages ("web"), empty for the whole file. `node` may be undefined: then
    /// every key is missing.
    Section(YAML::Node node, std::string path, Mistakes& mistakes);

    /// The value under `key` with the place of the key; the node is undefined if it is missing or has no
    /// value (the latter is a mistake unless `may_be_empty`).
    struct Found {
        YAML::Node node{YAML::NodeType::Undefined};
        YAML::Mark key = YAML::Mark::null_mark();
        explicit operator bool() const { return node.IsDefined(); }
    };
    Found find(std::string_view key, bool may_be_empty = false);

    void text(std::string_view key, std::string& into);
    void flag(std::string_view key, bool& into);
    void number(std::string_view key, double& into, double least, double most);
    void duration(std::string_view key, std::chrono::milliseconds& into, std::chrono::milliseconds least,
                  std::chrono::milliseconds most);
    template <class T>
    void integer(std::string_view key, T& into, long long least,
                 long long most = std::numeric_limits<T>::max()) {
        long long value = static_cast<long long>(into);
        if (read_integer(key, value, least, most)) into = static_cast<T>(value);
    }
    /// The texts of a list (or one text alone), each with its place.
    void texts(std::string_view key, const std::function<void(const std::string&, const YAML::Mark&)>& each);
    Section section(std::string_view key);

    /// Adds a mistake at `where` about the value of `key`.
    void wrong(std::string_view key, const YAML::Mark& where, const std::string& what,
               const std::string& suggestion = {});
    /// Where the value of `key` stands, or the section, for checks that concern more than one value.
    YAML::Mark mark(std::string_view key) const;
    Mistakes& mistakes() const { return *mistakes_; }

    /// Reports the keys that nobody asked for and those that stand twice. Call it once, when all were asked.
    void finish();

private:
    struct Entry {
        std::string key{};
        YAML::Mark mark{};
        YAML::Node value{};
        bool asked = false;
    };
    bool read_integer(std::string_view key, long long& into, long long least, long long most);
    /// The scalar under `key`; empty if missing or something else (then a mistake that says `wanted`).
    std::optional<std::string> scalar(std::string_view key, YAML::Mark& where, const char* wanted);
    std::string name_of(std::string_view key) const;

    std::string path_;
    Mistakes* mistakes_;
    YAML::Mark mark_ = YAML::Mark::null_mark();
    std::vector<Entry> entries_{};
    std::unordered_map<std::string, std::size_t> first_{};  ///< A key -> the first entry that has it.
    std::vector<std::string> known_{};                      ///< What was asked for, for suggestions.
};

}  // namespace rapport::config_file
