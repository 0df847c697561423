// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/join.h"

#include "base/counted.h"
#include "base/error.h"
#include "editing/check.h"
#include "outlines/outline_name.h"
#include "project/inventory.h"
#include "project/join_doubles.h"
#include "project/join_layer.h"
#include "project/join_source.h"
#include "project/known_before.h"
#include "project/project_impl.h"
#include "project/step_tools.h"
#include "project/step_words.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::OutlineHandle;
using outlines::OutlineRef;
using outlines::OutlineSet;

const OutlineSet none;

const OutlineSet& setOf(const ProjectThen& then, const std::string& layer) {
    const LayerThen* found = then.find(layer);
    return found == nullptr ? none : found->outlines;
}

bool areSame(const OutlineSet& a, const OutlineSet& b) {
    const auto all = a.all();
    return all.size() == b.size() && std::all_of(all.begin(), all.end(), [&](const OutlineHandle& outline) {
               return same(outline, b.find(outline->uuid));
           });
}

class Joining {
public:
    Joining(const JoinSide& here, const geo::Crs& crs, Prefer prefer,
            const std::map<std::string, Choice>& decisions)
        : m_here(here), m_crs(crs), m_prefer(prefer), m_decisions(decisions), m_work(here.now) {}

    void add(const JoinSide& side, const Progress& progress) {
        progress.report(0, "Reading " + side.name);
        m_there = &side;
        for (std::string& note : gone(side)) {
            m_join.notes.push_back(std::move(note));
        }
        m_known = std::make_shared<const KnownBefore>(m_here, side, m_join.step.merged);
        if (!m_known->isAnything()) {
            m_join.notes.push_back(side.name + " has no step of its history in common with " + m_here.name +
                                   ", so all of it is taken for new.");
        }
        std::map<std::string, std::string> layers; // theirs → ours
        for (const LayerThen& there : side.now.layers) {
            progress.report(0.5, "Comparing " + there.info.name);
            if (!side.context.contains(there.info.name)) {
                layers[there.info.name] = joinLayer(side, there);
            }
        }
        auto& ours = m_sides.emplace_back(&side, std::map<std::string, std::string>()).second;
        for (const auto& [theirs, here] : layers) {
            ours[here] = theirs;
        }
        auto steps =
            stepsSince(m_here, side, m_known->lastStep(), m_known->there(), layers, m_known->events());
        if (steps.empty()) {
            m_join.notes.push_back(side.name + " has nothing new.");
        } else {
            noteOthers(side);
        }
        m_join.step.merged.insert(m_join.step.merged.end(), steps.begin(), steps.end());
        for (auto& run : runsOf(side, m_here, layers)) {
            m_join.step.runs.push_back(std::move(run));
        }
        auto& scenes = m_join.step.scenes;
        for (const scene::Scene& scene : side.scenes) {
            const auto isIt = [&](const scene::Scene& known) { return known.id == scene.id; };
            if (std::none_of(m_here.scenes.begin(), m_here.scenes.end(), isIt) &&
                std::none_of(scenes.begin(), scenes.end(), isIt)) {
                scenes.push_back(scene);
            }
        }
        m_names.push_back(side.name);
    }

    Join finish(const Progress& progress) {
        takeOutDoubles();
        keepNotTaken();
        for (const LayerThen& layer : m_work.layers) {
            compare(layer);
        }
        progress.report(0.6, "Looking at shared lines");
        for (const LayerThen& layer : m_work.layers) {
            look(layer, progress.part(0.6, 1));
        }
        std::string names;
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            names += (i == 0 ? "" : i + 1 == m_names.size() ? " and " : ", ") + m_names[i];
        }
        m_join.step.description = "Merge " + names + ": " + m_join.counts();
        m_join.step.tool = tools::merge;
        return std::move(m_join);
    }

private:
    LayerThen* find(const std::string& layer) { return const_cast<LayerThen*>(m_work.find(layer)); }

    void noteOthers(const JoinSide& side) {
        if (!side.unrecorded.empty()) {
            for (const std::string& note : side.unrecordedNotes) {
                m_join.notes.push_back(side.name + ": " + note + " It is joined like all else.");
            }
        } else if (const auto& unknown = m_known->there().unknown; !unknown.empty()) {
            m_join.notes.push_back(
                "Another program changed " + counted(static_cast<long long>(unknown.size()), "outline") +
                " of " + side.name + ", which are compared with what they were in " + m_here.name + ".");
        }
    }

    /// The layer here that one there is: of that name and kind, or the inventory of its epoch.
    LayerThen* counterpart(const LayerInfo& there) {
        const auto fits = [&](const LayerThen& layer) {
            const LayerInfo& here = layer.info;
            const bool isOfSameScene =
                here.sceneId == there.sceneId && here.modelFingerprint == there.modelFingerprint;
            return here.kind == there.kind &&
                   (there.kind == LayerKind::Inventory ? here.epoch.name == there.epoch.name
                                                       : here.name == there.name) &&
                   (there.kind != LayerKind::Predicted || isOfSameScene);
        };
        const auto found = std::find_if(m_work.layers.begin(), m_work.layers.end(), fits);
        return found == m_work.layers.end() ? nullptr : &*found;
    }

    std::string freeName(const std::string& base) const {
        std::string name = base;
        const auto isTaken = [&] { return m_work.find(name) != nullptr; };
        for (int number = 2; isTaken(); ++number) {
            name = base + "_" + std::to_string(number);
        }
        return name;
    }

    LayerThen& addLayer(LayerInfo info) {
        m_join.step.layers.push_back({std::nullopt, info});
        m_work.layers.push_back({std::move(info), {}});
        return m_work.layers.back();
    }

    /// Returns the name of the layer here.
    std::string joinLayer(const JoinSide& side, const LayerThen& there) {
        LayerThen* here = counterpart(there.info);
        if (here == nullptr) {
            const auto known = m_known->of(there.info.name, there.info.name);
            if (known.seenInfo != nullptr && areSame(known.seen.outlines, there.outlines)) {
                return there.info.name; // it was removed here, and stays so
            }
            bring(side, there);
            return m_work.layers.back().info.name;
        }
        auto known = m_known->of(here->info.name, there.info.name);
        retitle(*here, there, known);
        const LayerSides sides{
            side.name,
            here->info.name,
            here->info.kind == LayerKind::Inventory,
            here->outlines,
            there.outlines,
            std::move(known.seen),
            std::move(known.shown),
            std::move(known.was),
            [&](const std::string& uuid) {
                return m_known->isKnownHere(here->info.name, there.info.name, uuid, m_join.step.merged);
            },
            [&](const std::string& uuid) {
                return m_known->isKnownThere(here->info.name, there.info.name, uuid, m_join.step.merged);
            },
            there.info.name,
            outlines::isReference(here->info.kind) ? nullptr : m_known->events()};
        JoinedLayer joined = joinedLayer(sides);
        if (outlines::isReference(here->info.kind) && !joined.conflicts.empty()) {
            m_join.notes.push_back("The reference " + outlines::titleOf(there.info) +
                                   " was made anew here and in " + side.name +
                                   "; both are kept, the latter as a layer of its own.");
            bring(side, there);
            return m_work.layers.back().info.name;
        }
        m_join.both += joined.both;
        for (const auto& [uuid, outline] : joined.taken) {
            put(*here, uuid, outline, side.name, there.info.name);
        }
        for (JoinConflict& conflict : joined.conflicts) {
            decide(conflict, there.info.name);
            const auto& after = conflict.choice == Choice::There ? joined.ofThere : joined.ofHere;
            put(*here, conflict.uuid, after.at(conflict.uuid), side.name, there.info.name);
            if (conflict.choice == Choice::There) {
                for (const outlines::OutlineChange& change : conflict.along) {
                    put(*here, change.after ? change.after->uuid : change.before->uuid, change.after,
                        side.name, there.info.name);
                }
            }
            m_join.undecided += conflict.choice == Choice::Undecided ? 1 : 0;
            m_join.conflicts.push_back(std::move(conflict));
        }
        return here->info.name;
    }

    /// A layer that is not here, whole.
    void bring(const JoinSide& side, const LayerThen& there) {
        LayerInfo info = there.info;
        info.name = freeName(there.info.name);
        if (info.name != there.info.name) {
            info.title = outlines::titleOf(there.info) + " (" + side.name + ")";
        }
        LayerThen& layer = addLayer(std::move(info));
        for (const OutlineHandle& outline : there.outlines.all()) {
            put(layer, outline->uuid, outline, side.name, there.info.name);
        }
    }

    void retitle(LayerThen& here, const LayerThen& there, const KnownBefore::Layer& known) {
        if (known.seenInfo != nullptr && known.shownInfo != nullptr &&
            there.info.title != known.seenInfo->title && here.info.title == known.shownInfo->title &&
            here.info == m_here.now.find(here.info.name)->info) {
            LayerInfo after = here.info;
            after.title = there.info.title;
            m_join.step.layers.push_back({here.info, after});
            here.info = std::move(after);
        }
    }

    void put(LayerThen& layer, const std::string& uuid, const OutlineHandle& outline,
             const std::string& source, const std::string& theirLayer) {
        if (same(layer.outlines.find(uuid), outline)) {
            return;
        }
        outline ? layer.outlines.put(outline) : layer.outlines.remove(uuid);
        const OutlineRef ref{layer.info.name, uuid};
        m_whose[ref] = source;
        m_taken[ref] = {m_known, {theirLayer, uuid}};
    }

    void decide(JoinConflict& conflict, const std::string& theirLayer) {
        const std::string& theirs = conflict.there ? conflict.there->uuid : conflict.uuid;
        const OutlineRef ref{conflict.layer, conflict.uuid};
        const auto taken = m_whose.find(ref);
        conflict.ours = taken == m_whose.end() ? m_here.name : taken->second;
        if (taken == m_whose.end()) {
            conflict.lastHere = m_known->lastHere().of(ref);
        } else {
            const auto& [of, whose] = m_taken.at(ref);
            conflict.lastHere = of->lastThere().of(whose);
        }
        conflict.lastThere = m_known->lastThere().of({theirLayer, theirs});
        if (const auto known = m_decisions.find(conflict.key()); known != m_decisions.end()) {
            conflict.choice = known->second;
        }
        if (conflict.choice != Choice::Undecided) {
            return;
        }
        switch (m_prefer) {
        case Prefer::Nobody:
            break;
        case Prefer::Here:
            conflict.choice = Choice::Here;
            break;
        case Prefer::There:
            conflict.choice = Choice::There;
            break;
        case Prefer::Newer:
            conflict.choice = conflict.newer();
            break;
        }
    }

    /// What is on another glacier's ground when all is joined: one of them made it twice, or a decision did.
    void takeOutDoubles() {
        for (LayerThen& layer : m_work.layers) {
            std::vector<std::string> came;
            for (auto from = m_whose.lower_bound({layer.info.name, {}});
                 layer.info.kind == LayerKind::Inventory && from != m_whose.end() &&
                 from->first.layer == layer.info.name;
                 ++from) {
                came.push_back(from->first.uuid);
            }
            for (Double& found :
                 project::takeOutDoubles(layer.outlines, setOf(m_here.now, layer.info.name), came)) {
                if (!isKeptAlready(found)) {
                    m_sourcesOfDoubles.push_back(m_whose.at({layer.info.name, found.outline->uuid}));
                    m_doubles.push_back(std::move(found));
                }
            }
        }
    }

    /// Left out at an earlier merge: the other one has it still, and no step that says since when.
    bool isKeptAlready(const Double& found) const {
        const auto isIt = [&](const OutlineHandle& kept) {
            const auto insteadOf = kept->attributes.find("instead_of");
            return insteadOf != kept->attributes.end() && insteadOf->second.text() == found.on->uuid &&
                   kept->geometry == found.outline->geometry;
        };
        return std::any_of(m_here.now.layers.begin(), m_here.now.layers.end(), [&](const LayerThen& layer) {
            const auto there = layer.info.kind == LayerKind::Expert
                                   ? layer.outlines.in(found.outline->extent())
                                   : std::vector<OutlineHandle>{};
            return std::any_of(there.begin(), there.end(), isIt);
        });
    }

    static outlines::Outline notTaken(const OutlineHandle& outline, const std::string& insteadOf,
                                      const std::string& from) {
        outlines::Outline kept = *outline;
        kept.uuid = outlines::makeUuid();
        kept.attributes["instead_of"] = insteadOf;
        kept.attributes["merged_from"] = from;
        kept.origin = outlines::Origin::Unknown;
        kept.isChanged = false;
        return kept;
    }

    /// The lines that were not taken stay to be looked at, and taken, in a reference.
    void keepNotTaken() {
        std::vector<OutlineHandle> left;
        for (const JoinConflict& conflict : m_join.conflicts) {
            const OutlineHandle& lost = conflict.choice == Choice::There ? conflict.here : conflict.there;
            const OutlineHandle& won = conflict.choice == Choice::There ? conflict.there : conflict.here;
            if (conflict.choice == Choice::Undecided || !lost || (won && won->geometry == lost->geometry)) {
                continue;
            }
            left.push_back(outlines::share(notTaken(
                lost, conflict.uuid, conflict.choice == Choice::There ? conflict.ours : conflict.source)));
        }
        const std::size_t decided = left.size();
        for (std::size_t i = 0; i < m_doubles.size(); ++i) {
            left.push_back(outlines::share(
                notTaken(m_doubles[i].outline, m_doubles[i].on->uuid, m_sourcesOfDoubles[i])));
        }
        if (left.empty()) {
            return;
        }
        LayerInfo info{freeName("not_taken"), LayerKind::Expert, {}, {}};
        info.title = "Not taken in the merge";
        LayerThen& layer = addLayer(std::move(info));
        for (const OutlineHandle& outline : left) {
            layer.outlines.put(outline);
        }
        if (decided > 0) {
            m_join.notes.push_back(counted(static_cast<long long>(decided), "outline", "was", "were") +
                                   " decided against; the reference " + layer.info.title + " keeps " +
                                   (decided == 1 ? "it." : "them."));
        }
        for (std::string& note : notesOf(m_doubles, m_sourcesOfDoubles, layer.info.title)) {
            m_join.notes.push_back(std::move(note));
        }
    }

    /// What is different in a layer now is what the step changes.
    void compare(const LayerThen& now) {
        const OutlineSet& before = setOf(m_here.now, now.info.name);
        const bool isCounted = !outlines::isReference(now.info.kind);
        for (const OutlineHandle& outline : now.outlines.all()) {
            const OutlineHandle was = before.find(outline->uuid);
            if (!same(was, outline)) {
                m_join.step.changes.push_back({now.info.name, was, outline});
                m_join.changed += isCounted && was ? 1 : 0;
                m_join.added += isCounted && !was ? 1 : 0;
            }
        }
        for (const OutlineHandle& was : before.all()) {
            if (!now.outlines.find(was->uuid)) {
                m_join.step.changes.push_back({now.info.name, was, nullptr});
                m_join.removed += isCounted ? 1 : 0;
            }
        }
    }

    /// Whether one of those who come has all of these glaciers as they will be: then they looked at them.
    bool isOfOne(const LayerThen& layer, const std::vector<std::string>& uuids) const {
        return std::any_of(m_sides.begin(), m_sides.end(), [&](const auto& side) {
            const auto name = side.second.find(layer.info.name);
            const LayerThen* theirs =
                name == side.second.end() ? nullptr : side.first->now.find(name->second);
            return theirs != nullptr && std::all_of(uuids.begin(), uuids.end(), [&](const auto& uuid) {
                       return same(theirs->outlines.find(uuid), layer.outlines.find(uuid));
                   });
        });
    }

    /// Glaciers of one beside those of another: nobody has looked at both.
    std::set<std::string> besideOthers(const LayerThen& layer, double tolerance) const {
        std::set<std::string> found;
        for (auto from = m_whose.lower_bound({layer.info.name, {}});
             from != m_whose.end() && from->first.layer == layer.info.name; ++from) {
            const OutlineHandle outline = layer.outlines.find(from->first.uuid);
            if (!outline) {
                continue;
            }
            for (const OutlineHandle& other : layer.outlines.in(outline->extent().grown(tolerance))) {
                if (other != outline && !isOfOne(layer, {outline->uuid, other->uuid})) {
                    found.insert(outline->uuid);
                }
            }
        }
        return found;
    }

    void look(const LayerThen& layer, const Progress& progress) {
        if (layer.info.kind != LayerKind::Inventory) {
            return;
        }
        editing::CheckRequest request{layer.info.name, {}, m_crs};
        request.only = besideOthers(layer, request.tolerance);
        if (request.only.empty()) {
            return;
        }
        const auto found = [&](const OutlineSet& outlines) {
            request.outlines = outlines.all();
            std::vector<editing::Finding> findings = editing::check(request, progress);
            std::erase_if(findings, [](const editing::Finding& finding) {
                return finding.kind != editing::Fault::Overlap && finding.kind != editing::Fault::Duplicate &&
                       finding.kind != editing::Fault::Gap;
            });
            return findings;
        };
        const auto keyOf = [](const editing::Finding& finding) {
            std::vector<OutlineRef> refs = finding.outlines;
            std::sort(refs.begin(), refs.end());
            return std::pair(finding.kind, refs);
        };
        std::map<std::pair<editing::Fault, std::vector<OutlineRef>>, double> before;
        for (const editing::Finding& finding : found(setOf(m_here.now, layer.info.name))) {
            double& size = before[keyOf(finding)];
            size = std::max(size, finding.size);
        }
        for (editing::Finding& finding : found(layer.outlines)) {
            std::vector<std::string> uuids;
            for (const OutlineRef& ref : finding.outlines) {
                uuids.push_back(ref.uuid);
            }
            if (isOfOne(layer, uuids)) {
                continue;
            }
            const auto known = before.find(keyOf(finding));
            constexpr double notable = 1.01;
            if (known == before.end() || finding.size > known->second * notable) {
                m_join.findings.push_back(std::move(finding));
            }
        }
    }

    const JoinSide& m_here;
    geo::Crs m_crs;
    Prefer m_prefer;
    const std::map<std::string, Choice>& m_decisions;
    /// Those that came, with their names of our layers.
    std::vector<std::pair<const JoinSide*, std::map<std::string, std::string>>> m_sides;
    const JoinSide* m_there = nullptr;         ///< the one that is being added
    ProjectThen m_work;                        ///< as it will be
    std::map<OutlineRef, std::string> m_whose; ///< of what was taken: whose it is
    /// … and what it was there.
    std::map<OutlineRef, std::pair<std::shared_ptr<const KnownBefore>, OutlineRef>> m_taken;
    std::shared_ptr<const KnownBefore> m_known; ///< of the one that is being added
    std::vector<Double> m_doubles;
    std::vector<std::string> m_sourcesOfDoubles; ///< whose each of them is
    std::vector<std::string> m_names;
    Join m_join;
};

} // namespace

Choice JoinConflict::newer() const {
    if (!isMomentKnown(lastHere) || !isMomentKnown(lastThere) || lastHere.time == lastThere.time) {
        return Choice::Undecided;
    }
    return lastHere.time < lastThere.time ? Choice::There : Choice::Here;
}

std::string Join::counts() const {
    return counted(changed, "glacier") + " changed, " + std::to_string(added) + " new, " +
           std::to_string(removed) + " removed";
}

std::function<Join(const Progress&)> planJoin(const Project& project, JoinRequest request) {
    if (request.sources.empty()) {
        throw Error("Say which projects shall be merged into " + project.file().filename().string() + ".");
    }
    std::vector<std::filesystem::path> files{project.file()};
    for (const auto& source : request.sources) {
        const std::string name = source->file().filename().string();
        std::error_code trouble;
        if (std::filesystem::equivalent(source->file(), project.file(), trouble)) {
            throw Error(name + " is the project itself. Name what shall be merged into it.");
        }
        for (std::size_t i = 1; i < files.size(); ++i) {
            if (std::filesystem::equivalent(source->file(), files[i], trouble)) {
                throw Error(source->file().string() + " is named twice. Name each project once.");
            }
        }
        if (!(source->crs() == project.crs())) {
            throw Error(name + " is in " + source->crs().name() + " and " +
                        project.file().filename().string() + " in " + project.crs().name() +
                        ". Only projects in one coordinate system can be merged; import its layers instead.");
        }
        files.push_back(source->file());
    }
    const auto names = namesOf(files);
    JoinSide here = joinSide(project);
    here.name = names.front();
    std::vector<JoinSide> sides;
    for (const auto& source : request.sources) {
        sides.push_back(joinSide(*source));
        sides.back().name = names[sides.size()];
    }
    return [here = std::move(here), sides = std::move(sides), crs = project.crs(), prefer = request.prefer,
            decisions = std::move(request.decisions)](const Progress& progress) {
        Joining joining(here, crs, prefer, decisions);
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const auto share = [&](std::size_t k) {
                return 0.6 * static_cast<double>(k) / static_cast<double>(sides.size());
            };
            joining.add(sides[i], progress.part(share(i), share(i + 1)));
        }
        return joining.finish(progress);
    };
}

} // namespace nunatak::project
