// `rapport version`.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "bot/cli/commands.hpp"

namespace rapport::cli {

int version(const Context& context) {
    if (context.json)
        context.terminal.out << boost::json::serialize(boost::json::object{{"rapport", RAPPORT_VERSION}})
                             << "\n";
    else
        context.terminal.out << "Rapport " RAPPORT_VERSION "\n";
    return int(Exit::fine);
}

}  // namespace rapport::cli
