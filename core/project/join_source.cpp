// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/join_source.h"

#include "base/error.h"
#include "database/store.h"
#include "project/outline_codec.h"
#include "project/outline_events.h"
#include "project/outline_past.h"
#include "project/project_impl.h"
#include "project/source_notes.h"

#include <algorithm>
#include <utility>

namespace nunatak::project {

const HistoryStep* JoinSide::step(std::int64_t id) const {
    const auto& history = lineage.history;
    const auto found =
        std::lower_bound(history.begin(), history.end(), id,
                         [](const HistoryStep& step, std::int64_t other) { return step.id < other; });
    return found == history.end() || found->id != id ? nullptr : &*found;
}

SourceNotes sourceNotes(const Project& source) {
    SourceNotes notes;
    for (std::string note : source.notes()) {
        const bool isUnrecorded = note.find(notInHistoryYet) != std::string::npos;
        (isUnrecorded ? notes.unrecorded : notes.besides).push_back(std::move(note));
    }
    return notes;
}

JoinSide joinSide(const Project& project) {
    JoinSide side;
    side.name = project.file().filename().string();
    side.file = project.file();
    side.wayBack = planWayBack(project);
    side.lineage.file = project.file().filename().string();
    side.lineage.history = project.history();
    side.lineage.merged = project.mergedSteps();
    side.lineage.origins = originsOf(project.history(), partOrigin(project));
    const auto unrecorded = project.unrecorded();
    if (unrecorded) {
        side.lineage.history.push_back(fromRow(*unrecorded->rest.step));
        side.unrecorded = unrecorded->rest.step->description;
        side.unrecordedNotes = sourceNotes(project).unrecorded;
    }
    using Contents = std::map<std::int64_t, std::int64_t>;
    side.lineage.contents = [file = side.file, unrecorded,
                             read = std::make_shared<std::optional<Contents>>()]() -> const Contents& {
        if (*read) {
            return **read;
        }
        Contents& contents =
            read->emplace(database::Store(file, database::Store::Mode::ReadOnly).contentsOfSteps());
        if (unrecorded) {
            std::int64_t& content = contents[unrecorded->rest.step->id];
            for (const database::ReverseChange& change : unrecorded->rest.changes) {
                content = database::withChange(content, change.uuid, change.afterHash);
            }
        }
        return contents;
    };
    side.gone = takenBack(side.lineage.history);
    using Merged = std::multimap<outlines::OutlineRef, MergedStep>;
    side.mergedOf = [file = side.file, isAny = !side.lineage.merged.empty(), history = side.lineage.history,
                     gone = side.gone, read = std::make_shared<std::optional<Merged>>()]() -> const Merged& {
        if (*read) {
            return **read;
        }
        Merged& merged = read->emplace();
        if (!isAny) {
            return merged;
        }
        std::set<std::int64_t> standing;
        for (std::size_t i = 0; i < history.size(); ++i) {
            if (!gone[i]) {
                standing.insert(history[i].id);
            }
        }
        for (const database::MergedRow& row :
             database::Store(file, database::Store::Mode::ReadOnly).mergedSteps()) {
            if (standing.contains(row.step)) {
                MergedStep step = fromRow(row);
                for (const outlines::OutlineRef& outline : std::exchange(step.outlines, {})) {
                    merged.emplace(outline, step);
                }
            }
        }
        return merged;
    };
    side.scenes = project.scenes();
    for (const outlines::LayerInfo& layer : project.layers()) {
        side.now.layers.push_back({layer, project.outlines(layer.name)});
    }
    if (const auto origin = partOrigin(project)) {
        side.context.insert(origin->neighbours);
    }
    return side;
}

std::vector<std::string> namesOf(const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> names;
    for (const auto& file : files) {
        names.push_back(file.filename().string());
    }
    const auto places = files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto folder = std::filesystem::absolute(places[i]).lexically_normal().parent_path();
        const auto isTaken = [&] { // by another file, or by the same end of its path
            for (std::size_t k = 0; k < files.size(); ++k) {
                const auto other =
                    "/" + std::filesystem::absolute(places[k]).lexically_normal().generic_string();
                if (k != i && other.ends_with("/" + names[i])) {
                    return true;
                }
            }
            return false;
        };
        while (isTaken() && folder.has_filename()) {
            names[i] = (folder.filename() / names[i]).generic_string();
            folder = folder.parent_path();
        }
    }
    return names;
}

std::vector<std::string> gone(const JoinSide& side) {
    const auto contents = database::Store(side.file, database::Store::Mode::ReadOnly).contents();
    std::vector<std::string> notes;
    for (const database::LayerRow& row : contents.gone) {
        const outlines::LayerInfo layer = fromRow(row);
        if (!outlines::isReference(layer.kind) && !contents.strays.empty()) {
            throw Error("Another program renamed or removed the layer " + row.name + " of " + side.name +
                        ", and what was done in it cannot be joined. Where it is " + listed(contents.strays) +
                        " now, name that " + row.name + " again.");
        }
        notes.push_back("Another program removed the layer " + row.name + " of " + side.name +
                        "; what is here of it stays as it is.");
    }
    return notes;
}

std::vector<MergedStep> stepsSince(const JoinSide& here, const JoinSide& there, std::int64_t lastKnown,
                                   const ProjectThen& then, const std::map<std::string, std::string>& layers,
                                   const OutlineEvents* events) {
    std::map<std::int64_t, std::vector<outlines::OutlineRef>> touched;
    for (const auto& [step, outline] : then.changedSince) {
        if (const auto layer = layers.find(outline.layer); layer != layers.end()) {
            touched[step].push_back({layer->second, outline.uuid});
        }
    }
    const auto& contents = there.lineage.contents();
    const auto gone = takenBack(there.lineage.history);
    // What came there from here is known here.
    const auto& ours = here.lineage.contents();
    const auto isOwn = [&](const MergedStep& merged) {
        const HistoryStep* own = here.step(merged.what.id);
        const auto content = ours.find(merged.what.id);
        return own != nullptr && OutlineEvent{*own, content == ours.end() ? 0 : content->second, {}} ==
                                     OutlineEvent{merged.what, merged.content, merged.source};
    };
    std::vector<MergedStep> with;
    if (!there.lineage.merged.empty()) {
        for (const database::MergedRow& row :
             database::Store(there.file, database::Store::Mode::ReadOnly).mergedSteps()) {
            with.push_back(fromRow(row));
        }
    }
    std::vector<MergedStep> steps;
    const auto add = [&](const HistoryStep& step) {
        const auto content = contents.find(step.id);
        steps.push_back(
            {0, there.name, step, content == contents.end() ? 0 : content->second, touched[step.id]});
    };
    for (OutlineEvents::Unknown& of :
         events == nullptr ? std::vector<OutlineEvents::Unknown>() : events->unknownHere(layers)) {
        if (of.step <= lastKnown) {
            const std::string& source = of.event.source.empty() ? there.name : of.event.source;
            steps.push_back({0, source, of.event.step, of.event.content, std::move(of.outlines)});
        }
    }
    // The other program may go on before its work is a step: then this is the one that both have.
    const auto& theirs = there.lineage.history;
    if (!there.unrecorded.empty() && theirs.size() > 1 && lastKnown == theirs[theirs.size() - 2].id) {
        add(theirs[theirs.size() - 2]);
    }
    for (std::size_t i = 0; i < there.lineage.history.size(); ++i) {
        const HistoryStep& step = there.lineage.history[i];
        if (step.id <= lastKnown) {
            continue;
        }
        for (const MergedStep& merged : with) {
            if (merged.step == step.id && !gone[i] && !isOwn(merged)) {
                MergedStep& further = steps.emplace_back(merged);
                further.step = 0;
                further.outlines.clear();
                for (const outlines::OutlineRef& outline : merged.outlines) {
                    if (const auto layer = layers.find(outline.layer); layer != layers.end()) {
                        further.outlines.push_back({layer->second, outline.uuid});
                    }
                }
            }
        }
        add(step);
    }
    return steps;
}

std::vector<std::shared_ptr<const database::RunRow>>
runsOf(const JoinSide& there, const JoinSide& here, const std::map<std::string, std::string>& layers) {
    using database::Store;
    std::set<std::string> known;
    const auto goneHere = takenBack(here.lineage.history);
    for (const database::RunRow& run : Store(here.file, Store::Mode::ReadOnly).contents().runs) {
        const HistoryStep* step = here.step(run.step);
        if (step != nullptr && !goneHere[static_cast<std::size_t>(step - here.lineage.history.data())]) {
            known.insert(run.id);
        }
    }
    const auto& history = there.lineage.history;
    const auto gone = takenBack(history);
    std::vector<std::shared_ptr<const database::RunRow>> runs;
    for (database::RunRow& run : Store(there.file, Store::Mode::ReadOnly).contents().runs) {
        const HistoryStep* step = there.step(run.step);
        const auto layer = layers.find(run.layer);
        const bool stands = step != nullptr && !gone[static_cast<std::size_t>(step - history.data())];
        if (stands && layer != layers.end() && !known.contains(run.id)) {
            run.layer = layer->second;
            runs.push_back(std::make_shared<const database::RunRow>(std::move(run)));
        }
    }
    return runs;
}

} // namespace nunatak::project
