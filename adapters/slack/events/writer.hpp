#pragma once

// Within this folder: writes the pieces of a text and notes who is mentioned.

#include <string>
#include <string_view>

#include "adapters/slack/events/text.hpp"

namespace rapport::slack::events {

class Writer {
public:
    explicit Writer(const Names& names) : names_(names) {}

    /// As it is.
    void raw(std::string_view text) { out_.text += text; }
    /// With the three entities read.
    void unescaped(std::string_view text);
    /// Mrkdwn with its `<...>`.
    void mrkdwn(std::string_view text);

    void user(const Id& id, std::string_view label = {});
    void group(const Id& id, std::string_view label = {});
    void channel(const Id& id, std::string_view label = {});
    /// "here", "channel" or "everyone".
    void broadcast(std::string_view range);
    void link(std::string_view address, std::string_view label);

    /// Begins a line, unless one has just begun.
    void new_line();
    std::size_t size() const noexcept { return out_.text.size(); }
    const std::string& so_far() const noexcept { return out_.text; }
    /// Takes back what was written from `from` on.
    std::string take_from(std::size_t from);

    Plain finished();

private:
    void special(std::string_view inner);
    void token(std::string_view inner);

    const Names& names_;
    Plain out_{};
};

}  // namespace rapport::slack::events
