#pragma once

// The office of a House: what a staffer asks is answered and done, and what they read comes as text.

#include <memory>
#include <string>

#include "bot/office/room.hpp"
#include "support/house.hpp"

namespace rapport::test {

/// The page, form or mistakes as text, one line a thing.
std::string as_text(const Answer& answer);

class Counter {
public:
    explicit Counter(House& house, std::string_view rules) : rules_file(rules), house_(house) {}

    /// What `staffer` reads after writing `text`.
    std::string says(std::string_view staffer, std::string_view text);
    std::string presses(std::string_view staffer, std::string_view button,
                        std::map<std::string, std::string> values = {});
    std::string submits(std::string_view staffer, std::string_view form,
                        std::map<std::string, std::string> values);
    std::string shortcut(std::string_view staffer, std::string_view name, const Message& about);
    std::string home(std::string_view staffer);
    Answer ask(Ask ask);
    /// Values of the form shown last, "context" among them.
    std::map<std::string, std::string> values() const;

    std::string rules_file{};
    Answer last{};

private:
    std::shared_ptr<const World> world() const;
    Ask an_ask(Ask::Kind kind, std::string_view staffer);
    House& house_;
    int next_ = 1;
};

}  // namespace rapport::test
