// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "cli/chosen_model.h"
#include "cli/model_commands.h"
#include "prediction/location.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace nunatak::cli {

namespace {

struct SetArguments {
    std::string name;
    std::vector<std::string> members; ///< MODEL=CODE,CODE
    std::string elsewhere;
    bool overwrite = false;
};

/// "glavitu-alps=ALP,CA".
models::RegionalModel memberFrom(const std::string& text, const Context& context) {
    const auto split = text.rfind('=');
    if (split == std::string::npos || split == 0 || split + 1 == text.size()) {
        throw Error(
            fmt::format("\"{}\" says not which model serves which regions; write MODEL=CODE,CODE.", text));
    }
    models::RegionalModel member;
    member.model = text.substr(0, split);
    context.registry().find(member.model); // one that does not exist is better known now
    for (std::size_t begin = split + 1; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        member.regions.push_back(text.substr(begin, end - begin));
        prediction::throwUnlessRegion(member.regions.back());
        begin = end + 1;
    }
    return member;
}

void runSet(const SetArguments& arguments, const Context& context) {
    if (arguments.name.empty() || arguments.name.find('/') != std::string::npos ||
        arguments.name.front() == '.') {
        throw Error(
            fmt::format("\"{}\" cannot be a set's name; use letters, digits, - and _.", arguments.name));
    }
    models::ModelSet set{arguments.name, {}, arguments.elsewhere};
    for (const auto& text : arguments.members) {
        set.members.push_back(memberFrom(text, context));
    }
    if (!set.elsewhere.empty()) {
        context.registry().find(set.elsewhere);
    }
    const auto file = context.paths.userModels / (set.name + ".model-set.json");
    std::error_code ignored;
    std::filesystem::create_directories(context.paths.userModels, ignored);
    models::writeModelSet(set, file, {"set of models", arguments.overwrite});
    fmt::print("Set:  {}\nFile: {}\nPredict with it: nunatak-cli predict PROJECT --model {}\n", set.name,
               file.string(), set.name);
}

} // namespace

std::string setText(const models::ModelSet& set) {
    std::string text;
    for (const auto& member : set.members) {
        std::string where = member.polygon.empty() ? "" : "a polygon";
        for (const auto& region : member.regions) {
            where += (where.empty() ? "" : " ") + region;
        }
        text += fmt::format("{}{} for {}", text.empty() ? "" : ", ", member.model, where);
    }
    return text + (set.elsewhere.empty() ? "" : ", elsewhere " + set.elsewhere);
}

void addModelSet(CLI::App& model, Context& context) {
    auto* command = model.add_subcommand(
        "set", "Join models of regions to one name; where a scene lies decides which is used");
    auto arguments = std::make_shared<SetArguments>();
    command->add_option("name", arguments->name, "What the set shall be called")->required();
    command->add_option("members", arguments->members, "MODEL=CODE,CODE: which model serves which regions")
        ->required();
    command->add_option("--elsewhere", arguments->elsewhere,
                        "Model for all other places (without one they are refused)");
    addOverwrite(*command, arguments->overwrite);
    command->footer("Example:\n  nunatak-cli model set regional glavitu-alps=ALP,CA glavitu-asia=HMA "
                    "--elsewhere glavitu-global");
    command->callback([=, &context] { context.run = [=, &context] { runSet(*arguments, context); }; });
}

} // namespace nunatak::cli
