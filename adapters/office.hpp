#pragma once

// Where staff talk with Rapport itself, wherever they sit: a command, a chat, a shortcut, their home page, a
// form. The adapter says who asks for what; the office, which is the program's, says what to show. No
// platform is known here.

#include <boost/asio/awaitable.hpp>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/event.hpp"

namespace rapport {

/// What a staffer asks of Rapport itself.
struct Ask {
    enum class Kind {
        words,     ///< `text`: after the slash command, or a direct message to us.
        home,      ///< They opened their home page.
        shortcut,  ///< `name`: "ask_someone", "who_is", "make_rule" (each with `about`) or "open_alerts".
        button,    ///< `name`: a Button::id of a page or form; its menu's choice is values["choice"].
        form,      ///< `name`: a Form::id that was submitted, with `values`.
        changed,   ///< `name`: a Form::id; a field with `asks_again` changed; `values` as they stand.
    };
    std::string id{};  ///< Unique for each ask; a repeated id is the same ask.
    Kind kind = Kind::words;
    AccountKey by{};  ///< Checked against the roster by the office.
    std::string name{};
    std::string text{};  ///< Mentioned accounts stand in it as "@platform:realm:id".
    std::optional<Message> about{};
    std::map<std::string, std::string> values{};  ///< FormField::id, "choice", "context" -> value.
    Time at{};
};

/// What is wrong with a submitted form: FormField::id -> words.
using FormErrors = std::map<std::string, std::string>;

/// Nothing (no one is told anything), something to read, a form to fill in, or what is wrong with the one
/// submitted.
using Answer = std::variant<std::monostate, Page, Form, FormErrors>;

/// Answers what staff ask. Lives on the io_context's thread; not thread-safe.
class Office {
public:
    virtual ~Office() = default;
    /// What follows from the ask is durable when this returns. Somebody who is not on the team gets nothing.
    /// Throws only when cancelled.
    virtual boost::asio::awaitable<Answer> ask(Ask ask) = 0;
};

}  // namespace rapport
