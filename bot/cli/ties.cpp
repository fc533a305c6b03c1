// `rapport ties`: who is close to whom in a file of messages, and how well that foretells who talks next.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <unordered_map>

#include "adapters/replay/line_reader.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/text.hpp"
#include "bot/heads/figures.hpp"
#include "bot/links/authors.hpp"
#include "bot/links/read_message.hpp"
#include "bot/network/ties.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;
using network::Contact;
using network::Foretold;
using network::Node;

/// Who answered whom in one file, in the order of time.
class AnswersInFile {
public:
    explicit AnswersInFile(const std::filesystem::path& path) {
        auto reader = must(replay::LineReader::open(path, links::longest_line));
        for (std::size_t number = 1;; ++number) {
            const auto line = must(reader.next());
            if (!line) break;
            if (line->text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
            boost::system::error_code error;
            const json::value value = line->too_long ? json::value{} : json::parse(line->text, error);
            if (error || !value.is_object())
                throw Stop(Exit::failed,
                           fmt::format("{}:{}: this is no JSON object with id, author and parents. "
                                       "\"rapport link-messages\" makes such lines.",
                                       path.string(), number));
            take(value.get_object());
        }
        if (all_have_times_)
            std::stable_sort(found_.begin(), found_.end(),
                             [](const Found& a, const Found& b) { return a.at < b.at; });
        for (const Found& one : found_) contacts_.push_back(one.contact);
    }

    const std::vector<Contact>& contacts() const { return contacts_; }
    const std::string& name(Node node) const { return names_[node]; }

private:
    struct Found {
        std::int64_t at = 0;
        Contact contact{};
    };

    void take(const json::object& line) {
        const links::Message message = links::message_of(line);
        if (message.notice || message.author.empty() || message.id.empty()) return;
        const Node author = number_of(message.author);
        authors_[message.id] = author;
        all_have_times_ = all_have_times_ && message.at;
        const auto answered = [&](const std::string& id) {
            const auto to = authors_.find(id);
            if (to != authors_.end() && to->second != author)
                found_.push_back({message.at.value_or(0), {author, to->second}});
        };
        if (const json::value* parents = line.if_contains("parents"); parents && parents->is_array())
            for (const json::value& parent : parents->get_array()) answered(json::serialize(parent));
        else if (!message.reply_to.empty())
            answered(message.reply_to);
    }

    Node number_of(const std::string& author) {
        const auto [at, added] = numbers_.try_emplace(links::in_lower_case(author), Node(names_.size()));
        if (added) names_.push_back(author);
        return at->second;
    }

    std::unordered_map<std::string, Node> numbers_{}, authors_{};
    std::vector<std::string> names_{};
    std::vector<Found> found_{};
    std::vector<Contact> contacts_{};
    bool all_have_times_ = true;
};

struct Curves {
    std::size_t again = 0, never = 0;
    double closeness = 0, degree_product = 0, messages = 0;
};

Curves curves_of(const Foretold& told) {
    Curves curves;
    curves.again = std::size_t(std::count(told.talked.begin(), told.talked.end(), true));
    curves.never = told.talked.size() - curves.again;
    curves.closeness = heads::area_under_curve(told.closeness, told.talked);
    curves.degree_product = heads::area_under_curve(told.degree_product, told.talked);
    curves.messages = heads::area_under_curve(told.messages, told.talked);
    return curves;
}

json::object as_json(const Curves& curves) {
    return {{"talked", curves.again},
            {"did_not", curves.never},
            {"closeness", curves.closeness},
            {"degree_product", curves.degree_product},
            {"messages", curves.messages}};
}

std::vector<std::string> row_of(std::string_view about, const Curves& curves) {
    const auto shown = [&](double area) {
        return curves.again == 0 || curves.never == 0 ? "-" : fmt::format("{:.4f}", area);
    };
    return {std::string{about},      std::to_string(curves.again), std::to_string(curves.never),
            shown(curves.closeness), shown(curves.degree_product), shown(curves.messages)};
}

/// The closest first; of equals those who spoke more.
std::vector<network::Ties::Pair> closest(const network::Ties& ties) {
    std::vector<network::Ties::Pair> pairs = ties.known();
    std::stable_sort(pairs.begin(), pairs.end(), [&](const auto& x, const auto& y) {
        return ties.closeness(x.a, x.b) > ties.closeness(y.a, y.b);
    });
    return pairs;
}

void print_ties(std::ostream& out, const AnswersInFile& answers, std::size_t most) {
    const network::Ties ties{answers.contacts()};
    const auto pairs = closest(ties);
    std::vector<std::vector<std::string>> rows{{"WHO", "WITH WHOM", "ANSWERS", "CLOSENESS", "LIFT"}};
    for (std::size_t i = 0; i < std::min(most, pairs.size()); ++i) {
        const auto& [a, b] = pairs[i];
        rows.push_back({one_line(answers.name(a)), one_line(answers.name(b)),
                        std::to_string(ties.messages(a, b)), fmt::format("{:.3f}", ties.closeness(a, b)),
                        fmt::format("{:.1f}", ties.lift(a, b))});
    }
    out << table(rows);
}

std::string ties_json(const AnswersInFile& answers, const Curves& known, const Curves& all) {
    const network::Ties ties{answers.contacts()};
    json::array pairs;
    for (const auto& [a, b] : closest(ties))
        pairs.push_back(json::object{{"a", answers.name(a)},
                                     {"b", answers.name(b)},
                                     {"answers", ties.messages(a, b)},
                                     {"closeness", ties.closeness(a, b)},
                                     {"lift", ties.lift(a, b)}});
    return json::serialize(
               json::object{{"ties", std::move(pairs)}, {"known", as_json(known)}, {"all", as_json(all)}}) +
           "\n";
}

}  // namespace

int show_ties(const Context& context, const TiesCommand& options) {
    constexpr std::size_t most_sampled = 100'000;
    std::ostream& out = context.terminal.out;
    const AnswersInFile answers{options.messages};
    const Curves known = curves_of(network::foretell_known(answers.contacts(), options.share));
    const Curves all =
        curves_of(network::foretell_all(answers.contacts(), options.share, most_sampled, options.seed));
    if (context.json) {
        out << ties_json(answers, known, all);
        return int(Exit::fine);
    }
    if (answers.contacts().empty()) {
        out << "Nobody answers anybody there. \"rapport link-messages\" finds out who does.\n";
        return int(Exit::fine);
    }
    print_ties(out, answers, options.limit);
    out << fmt::format(
               "\nHow well the first {:.0f} % of {} foretell who talks in the rest (area under the ROC "
               "curve):\n",
               100 * options.share, counted(answers.contacts().size(), "answer"))
        << table(std::vector{std::vector<std::string>{"  PAIRS", "TALKED", "DID NOT", "CLOSENESS",
                                                      "DEGREE PRODUCT", "ANSWERS"},
                             row_of("  known to each other", known), row_of("  any two", all)});
    return int(Exit::fine);
}

}  // namespace rapport::cli
