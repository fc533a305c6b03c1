#pragma once

#include <map>
#include <string>
#include <string_view>

#include "adapters/event.hpp"

namespace rapport::console {

/// Fills in a form by asking one field after the other. Pure.
class FormDialog {
public:
    explicit FormDialog(Form form) : form_(std::move(form)) {}

    const Form& form() const { return form_; }
    bool done() const { return at_ >= form_.fields.size(); }

    /// What to ask now. Only while not `done`.
    std::string question() const;

    /// Takes the answer to the current field and goes to the next. Returns what is wrong with it, or nothing.
    /// An empty answer skips a field that is not required.
    std::string answer(std::string_view line);

    const std::map<std::string, std::string>& values() const { return values_; }

private:
    Form form_;
    std::size_t at_ = 0;
    std::map<std::string, std::string> values_{};
};

}  // namespace rapport::console
