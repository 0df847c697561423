// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/unknown_command.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace nunatak::cli {

namespace {

/// How many letters must be changed, added, left out or exchanged with the next to make one word of another.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t k = 0; k <= b.size(); ++k) {
            if (i == 0 || k == 0) {
                cost[i][k] = i + k;
                continue;
            }
            cost[i][k] = std::min({cost[i - 1][k] + 1, cost[i][k - 1] + 1,
                                   cost[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0U : 1U)});
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
                cost[i][k] = std::min(cost[i][k], cost[i - 2][k - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

} // namespace

std::string unknownCommand(CLI::App& app, int argc, const char* const* argv) {
    CLI::App* at = &app;
    std::string path = "nunatak-cli";
    for (int i = 1;; ++i) {
        const auto commands = at->get_subcommands([](CLI::App*) { return true; });
        if (commands.empty() || (i < argc && *argv[i] == '-')) {
            return {};
        }
        const std::string word = i < argc ? argv[i] : "";
        std::string known;
        const CLI::App* nearest = nullptr;
        std::size_t least = 3; // more letters than that are another word
        CLI::App* next = nullptr;
        for (CLI::App* command : commands) {
            const std::string& name = command->get_name();
            known += (known.empty() ? "" : ", ") + name;
            next = name == word ? command : next;
            if (const auto letters = distance(word, name); letters < std::min(least, name.size() / 2 + 1)) {
                least = letters;
                nearest = command;
            }
        }
        if (next == nullptr) {
            const std::string what =
                word.empty()
                    ? "Say which command: \"" + path + "\" has "
                    : "There is no command \"" + word + "\"" +
                          (nearest != nullptr ? "; did you mean \"" + nearest->get_name() + "\"?" : ".") +
                          " \"" + path + "\" has ";
            return what + known + "; --help says what each does.";
        }
        path += " " + word;
        at = next;
    }
}

} // namespace nunatak::cli
