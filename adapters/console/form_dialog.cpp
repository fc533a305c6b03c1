#include "adapters/console/form_dialog.hpp"

#include <fmt/format.h>

#include "adapters/console/command.hpp"

namespace rapport::console {

std::string FormDialog::question() const {
    const FormField& field = form_.fields[at_];
    std::string text = field.label;
    if (!field.hint.empty()) text += fmt::format(" ({})", field.hint);
    for (const Option& option : field.options)
        text += option.label == option.value ? fmt::format("\n  {}", option.value)
                                             : fmt::format("\n  {}: {}", option.value, option.label);
    text += field.required ? "\nType it, or cancel." : "\nType it, or nothing to leave it out, or cancel.";
    return text;
}

std::string FormDialog::answer(std::string_view line) {
    const FormField& field = form_.fields[at_];
    const auto first = line.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        if (field.required) return field.label + " is needed.";
        ++at_;
        return {};
    }
    line = line.substr(first, line.find_last_not_of(" \t\r\n") - first + 1);
    std::string value{line};
    if (!field.options.empty()) {
        std::string complaint;
        const Option* option = choose(line, field.options, complaint);
        if (!option) return complaint;
        value = option->value;
    }
    values_[field.id] = std::move(value);
    ++at_;
    return {};
}

}  // namespace rapport::console
