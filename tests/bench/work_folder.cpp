#include <stdlib.h>

#include <chrono>
#include <stdexcept>

#include "bench/bench.hpp"

namespace rapport::bench {

WorkFolder::WorkFolder(const Settings& settings) {
    std::string name = settings.folder / "rapport-bench-XXXXXX";
    if (!mkdtemp(name.data()))
        throw std::runtime_error("cannot make a folder in " + settings.folder.string() +
                                 "; name another with --folder");
    path_ = name;
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

double WorkFolder::megabytes() const {
    double sum = 0;
    for (const auto& file : std::filesystem::directory_iterator{path_})
        if (file.is_regular_file()) sum += double(file.file_size());
    return sum / 1e6;
}

Time wall_clock() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace rapport::bench
