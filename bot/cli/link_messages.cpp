// `rapport link-messages`: JSON Lines in, the same lines with their parents out.

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/files.hpp"
#include "bot/cli/text.hpp"
#include "bot/links/linker.hpp"
#include "bot/links/read_message.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

/// More mistakes are only counted.
constexpr std::size_t most_told = 20;

/// Reads lines, links them, writes them; holds one at a time.
class LineLinker {
public:
    LineLinker(const links::Model& model, std::istream& in, std::string_view file, const Terminal& terminal)
        : linker_(model), in_(in), file_(file), out_(terminal.out), err_(terminal.err) {}

    /// How many lines were passed on as they were, because something is wrong with them.
    std::size_t run() {
        while (out_ && read_line()) {
            if (!too_long_) out_ << linked(line_) << '\n';
            // Whoever waits for the answer to this line has it before the next one is waited for.
            if (in_.rdbuf()->in_avail() <= 0) out_.flush();
        }
        out_.flush();
        return wrong_;
    }

private:
    /// Into `line_`. What is too long is passed on at once.
    bool read_line() {
        line_.clear();
        too_long_ = false;
        std::streambuf& from = *in_.rdbuf();
        using Traits = std::streambuf::traits_type;
        int c = from.sbumpc();
        if (Traits::eq_int_type(c, Traits::eof())) return false;
        ++number_;
        for (; !Traits::eq_int_type(c, Traits::eof()) && c != '\n'; c = from.sbumpc()) {
            line_ += Traits::to_char_type(c);
            if (line_.size() <= links::longest_line) continue;
            if (!too_long_) complain(fmt::format("this line is longer than {} bytes", links::longest_line));
            too_long_ = true;
            out_ << line_;
            line_.clear();
        }
        if (too_long_) out_ << line_ << '\n';
        return true;
    }

    void complain(std::string_view what) {
        if (++wrong_ <= most_told)
            err_ << fmt::format("{}:{}: {}; it is passed on as it is.\n", file_, number_, what);
    }

    std::string linked(const std::string& line) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) return line;
        boost::system::error_code error;
        json::value value = json::parse(line, error);
        if (error || !value.is_object()) {
            complain("this is no JSON object");
            return line;
        }
        json::object& object = value.get_object();
        links::Message message = links::message_of(object);
        std::string added;
        const bool nameless = message.id.empty();
        if (nameless) message.id = json::serialize(json::value(fmt::format("line-{}", number_)));
        const links::Link link = linker_.next(message);
        // What stands in the line stays as it was written, unless it has to be taken out.
        const bool rewritten = object.erase("parents") + (nameless ? object.erase("id") : 0) > 0;
        std::string text = rewritten ? json::serialize(object) : line.substr(0, line.rfind('}') + 1);
        text.pop_back();
        if (nameless) added += fmt::format("\"id\":{},", message.id);
        return fmt::format("{}{}{}\"parents\":[{}]}}", text, object.empty() ? "" : ",", added, link.parent);
    }

    links::Linker linker_;
    std::istream& in_;
    std::string file_;
    std::ostream& out_;
    std::ostream& err_;
    std::string line_{};
    std::size_t number_ = 0, wrong_ = 0;
    bool too_long_ = false;
};

links::Model model_in(const std::filesystem::path& path) {
    std::ifstream file = opened(path);
    constexpr std::size_t most_bytes = 16'000'000;
    std::string text(most_bytes + 1, '\0');
    file.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(file.gcount()));
    if (text.size() > most_bytes)
        throw Stop(Exit::failed, fmt::format("{} is too large for a model of links.", path.string()));
    return must(links::from_json(text));
}

}  // namespace

int link_messages(const Context& context, const LinkCommand& options) {
    std::optional<links::Model> given;
    if (!options.model.empty()) given = model_in(options.model);
    const links::Model& model = given ? *given : links::shipped_model();
    std::ifstream file;
    const bool from_file = !options.messages.empty() && options.messages != "-";
    if (from_file) file = opened(options.messages);
    LineLinker linker{model, from_file ? file : context.terminal.in,
                      from_file ? options.messages.string() : "standard input", context.terminal};
    const std::size_t wrong = linker.run();
    if (wrong > most_told) context.terminal.err << fmt::format("... and {} more.\n", wrong - most_told);
    return int(wrong > 0 ? Exit::failed : Exit::fine);
}

}  // namespace rapport::cli
