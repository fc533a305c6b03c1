#pragma once

// A folder with files and a store, made through the Committer, and the commands run on it in this process.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/pipeline/input.hpp"

namespace rapport::test {

struct Ran {
    int code = 0;
    std::string out{};
    std::string err{};
};

/// Rules that ask ada about every question of a champion, at once.
extern const std::string_view champion_rules;

class Workshop {
public:
    /// Files only; no store yet.
    Workshop();
    ~Workshop();
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    /// Runs `rapport --config ... --store ... ARGUMENTS`. `typed`: what a person at the terminal types;
    /// without it nobody is there.
    Ran run(std::vector<std::string> arguments, const char* typed = nullptr) const;

    /// The arguments for another process.
    std::vector<std::string> places() const;

    void write(std::string_view file, std::string_view text) const;
    std::filesystem::path path(std::string_view file) const { return folder_ / file; }
    std::filesystem::path store() const { return folder_ / "rapport.db"; }

    /// Into the store, as the pipeline would.
    void commit(const std::vector<Input>& inputs) const;
    /// Lena (a champion) asks a question that raises alert 1; Omar (nobody in particular) asks another; Ada
    /// answers Omar; Rex the bot says something.
    void fill() const;

private:
    std::filesystem::path folder_;
};

/// "2026-03-02 10:00" in UTC.
Time moment(std::string_view text);
Input said(std::string_view who, std::string_view id, std::string_view text, Time at,
           std::string_view reply_to = "", std::string_view role = "");
Input known(std::string_view who, std::vector<std::string> roles, std::string_view owner, Time at);
AccountKey account(std::string_view who);

}  // namespace rapport::test
