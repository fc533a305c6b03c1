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

}  // namespace rapport::slack::test
