#include "unit/slack/blocks/samples.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

namespace rapport::slack::test {

std::optional<std::string> sample_text(const std::string& path) {
    std::ifstream file{std::string{RAPPORT_SHARED_DIR} + "/slack/samples/" + path};
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::optional<boost::json::object> sample(const std::string& path) {
    const auto text = sample_text(path);
    if (!text) return std::nullopt;
    return boost::json::parse(*text).as_object();
}

boost::json::object form_fields(const std::string& body) {
    boost::json::object fields;
    std::istringstream pairs{body};
    for (std::string pair; std::getline(pairs, pair, '&');) {
        std::string decoded;
        for (std::size_t i = 0; i < pair.size(); ++i) {
            const bool escaped = pair[i] == '%' && i + 2 < pair.size();
            decoded += escaped          ? static_cast<char>(std::stoi(pair.substr(i + 1, 2), nullptr, 16))
                       : pair[i] == '+' ? ' '
                                        : pair[i];
            if (escaped) i += 2;
        }
        while (decoded.ends_with('\n')) decoded.pop_back();
        const std::size_t equals = decoded.find('=');
        fields[decoded.substr(0, equals)] = decoded.substr(equals + 1);
    }
    return fields;
}

}  // namespace rapport::slack::test
