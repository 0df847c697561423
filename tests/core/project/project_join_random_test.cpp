// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "team_fixture.h"

#include <algorithm>
#include <random>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Access;
using project::Prefer;
using project::Project;

/// Random work in several parts, joined in a random order: NUNATAK_SEEDS says how many times, and
/// NUNATAK_FIRST_SEED which comes first. All of them are gone through, and those that fail are listed.
class ProjectJoinRandomTest : public QObject {
    Q_OBJECT

    TeamFolder m_team;

    /// Seeds that failed once: a removal that came by way of one who never had the glacier, an older copy by
    /// way of others, a question that need not be.
    static std::vector<int> seeds() {
        std::vector<int> seeds{3, 64, 302, 330};
        bool isNumber = false;
        const int wanted = qEnvironmentVariableIntValue("NUNATAK_SEEDS", &isNumber);
        if (isNumber) {
            seeds.clear();
        }
        const int first = qEnvironmentVariableIntValue("NUNATAK_FIRST_SEED");
        for (int seed = first; seed < first + (isNumber ? wanted : 8); ++seed) {
            if (std::find(seeds.begin(), seeds.end(), seed) == seeds.end()) {
                seeds.push_back(seed);
            }
        }
        return seeds;
    }

    /// What is wrong with any of the seeds, a line each.
    template <typename Test> static std::string faultsOf(Test test) {
        std::string faults;
        for (const int seed : seeds()) {
            if (const std::string fault = test(seed); !fault.empty()) {
                faults += "seed " + std::to_string(seed) + ": " + fault + "\n";
            }
        }
        return faults;
    }

    /// One who works at random.
    class Somebody {
    public:
        /// `isOpened`: what another program did is made a step before that program goes on.
        Somebody(unsigned seed, bool isOpened) : m_random(seed), m_isOpened(isOpened) {}

        int upTo(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }

        /// What they may change of a project: its glaciers that are theirs.
        void work(const std::filesystem::path& file, std::set<std::string>& own) {
            if (upTo(6) == 0) {
                asAnotherProgram(file, own);
                return;
            }
            const auto project = Project::open(file);
            for (int i = 1 + upTo(4); i > 0; --i) {
                edit(*project, own);
            }
        }

    private:
        void edit(Project& project, std::set<std::string>& own) {
            std::vector<std::string> there;
            for (const auto& uuid : own) {
                if (glacier(project, uuid)) {
                    there.push_back(uuid);
                }
            }
            const std::string number = std::to_string(++m_count);
            const int what = upTo(9);
            if (what == 0 && project.undoDescription() && isOwnStep(project, own)) {
                project.undo();
                return;
            }
            if (what == 1 || there.empty()) {
                outlines::Outline fresh = square("new" + number, 20000 + 300 * m_count, 0);
                fresh.srcDate = "2000-08-01";
                own.insert(fresh.uuid);
                project.commit({"New glacier", {{"inventory", nullptr, handle(fresh)}}, {}, "new"});
                return;
            }
            const std::string uuid = there[static_cast<std::size_t>(upTo(static_cast<int>(there.size())))];
            const auto before = glacier(project, uuid);
            if (what == 2) {
                project.commit({"Remove", {{"inventory", before, nullptr}}, {}, "delete"});
            } else if (what <= 4) {
                const auto& extent = before->extent();
                move(project, "inventory", uuid, squareShape(extent.xmin, extent.ymin, 50 + upTo(50)));
            } else if (what == 5) {
                mark(project, "inventory", uuid, upTo(2) == 0 ? Review::Accepted : Review::Doubtful);
            } else if (what == 6) {
                tests::edit(
                    project, "inventory", uuid,
                    [&](auto& outline) { outline.attributes["note" + number] = number; }, "Attribute");
            } else {
                tests::edit(
                    project, "inventory", uuid, [&](auto& outline) { outline.name = "Name " + number; },
                    "Name");
            }
        }

        /// Whether undo takes back what they did themselves, not what came from others.
        static bool isOwnStep(const Project& project, const std::set<std::string>& own) {
            const auto description = *project.undoDescription();
            return !own.empty() && !description.starts_with("Merge") && project.undoable()->isOfThisOpening;
        }

        void asAnotherProgram(const std::filesystem::path& file, const std::set<std::string>& own) {
            if (m_isOpened) {
                const auto project = Project::open(file); // what was done so before is a step, then
            }
            const auto uuid = std::next(own.begin(), upTo(static_cast<int>(own.size())));
            sql(file, "UPDATE inventory SET name = 'In QGIS " + std::to_string(++m_count) +
                          "' WHERE uuid = '" + *uuid + "'");
        }

        std::mt19937 m_random;
        bool m_isOpened;
        int m_count = 0;
    };

    struct Part {
        std::filesystem::path file;
        std::set<std::string> own;
    };

    std::vector<Part> partsOf(const std::filesystem::path& file, int count) {
        std::vector<Part> parts;
        for (const auto& part : splitByCount(file, count)) {
            parts.push_back({part, uuidsIn(*Project::open(part, Access::ReadOnly), "inventory")});
        }
        return parts;
    }

    static std::string described(const project::Join& join) {
        std::string text;
        for (const auto& conflict : join.conflicts) {
            text += " " + conflict.uuid + " of " + conflict.ours + " and " + conflict.source + ":";
            for (const auto& what : conflict.disagreements) {
                text += " " + what.what + " " + what.here + " | " + what.there + ";";
            }
        }
        return text;
    }

    static std::string described(const outlines::OutlineHandle& outline) {
        if (!outline) {
            return "none";
        }
        std::string text = outline->name + " " + outlines::toString(outline->review) + " " +
                           std::to_string(outline->area()) + (outline->reviewRecord.isOutdated ? " old" : "");
        for (const auto& [key, value] : outline->attributes) {
            text += " " + key + "=" + value.text();
        }
        return text;
    }

    /// Three parts, of whom each works on their own glaciers; returns what is wrong, or nothing.
    std::string joinedParts(int seed, bool isOpened) {
        Somebody anybody(static_cast<unsigned>(seed), isOpened);
        const auto file = m_team.inventoryOf(12);
        auto parts = partsOf(file, 3);
        for (int round = 0; round < 4; ++round) {
            for (Part& part : parts) {
                if (anybody.upTo(3) != 0) {
                    anybody.work(part.file, part.own);
                }
            }
            // One takes over what another one has, a part or the whole.
            const auto& from = parts[static_cast<std::size_t>(anybody.upTo(3))].file;
            const auto& to =
                anybody.upTo(2) == 0 ? file : parts[static_cast<std::size_t>(anybody.upTo(3))].file;
            const auto& source = anybody.upTo(4) == 0 ? file : from;
            if (to != source) {
                const auto project = Project::open(to);
                const auto join = merge(*project, {source});
                if (!join.conflicts.empty()) {
                    return "asks in round " + std::to_string(round) + ", " + to.filename().string() +
                           " from " + source.filename().string() + ":" + described(join);
                }
            }
        }
        const auto whole = Project::open(file);
        const auto before = contentsOf(*whole);
        std::vector<std::filesystem::path> files;
        for (const Part& part : parts) {
            files.insert(files.begin() + anybody.upTo(static_cast<int>(files.size()) + 1), part.file);
        }
        const auto join = merge(*whole, files);
        if (!join.conflicts.empty()) {
            return "asks in the end:" + described(join);
        }
        std::size_t count = 0;
        for (const Part& part : parts) {
            const auto theirs = Project::open(part.file, Access::ReadOnly);
            for (const auto& uuid : part.own) {
                count += glacier(*theirs, uuid) ? 1 : 0;
                const std::string wanted = described(glacier(*theirs, uuid));
                if (const std::string is = described(glacier(*whole, uuid)); is != wanted) {
                    return uuid + " is " + is + ", not " + wanted;
                }
            }
        }
        if (whole->outlines("inventory").size() != count) {
            return "has glaciers that nobody has";
        }
        if (!joinOf(*whole, files).step.changes.empty()) {
            return "changes something when it is joined again";
        }
        return undoneAndDoneAgain(*whole, before);
    }

    /// Three copies, in which all change the same.
    std::string joinedCopies(int seed, bool isOpened) {
        Somebody anybody(static_cast<unsigned>(1000 + seed), isOpened);
        std::vector<std::filesystem::path> files{m_team.inventoryOf(6)};
        files.push_back(m_team.copyOf(files[0]));
        files.push_back(m_team.copyOf(files[0]));
        std::map<std::string, std::set<std::string>> said; // by glacier and field
        const auto listen = [&](const std::filesystem::path& file) {
            for (const auto& outline : Project::open(file, Access::ReadOnly)->outlines("inventory").all()) {
                said[outline->uuid + " name"].insert(outline->name);
                said[outline->uuid + " line"].insert(std::to_string(outline->area()));
                said[outline->uuid + " review"].insert(outlines::toString(outline->review));
            }
        };
        for (int round = 0; round < 5; ++round) {
            for (const auto& file : files) {
                auto all = uuidsIn(*Project::open(file, Access::ReadOnly), "inventory");
                anybody.work(file, all);
                listen(file);
            }
            const auto to = static_cast<std::size_t>(anybody.upTo(3));
            const auto from = (to + 1 + static_cast<std::size_t>(anybody.upTo(2))) % 3;
            const auto project = Project::open(files[to]);
            const auto before = contentsOf(*project);
            const auto join =
                merge(*project, {files[from]}, anybody.upTo(2) == 0 ? Prefer::Here : Prefer::There);
            const std::string where = " in round " + std::to_string(round);
            if (join.undecided != 0) {
                return "leaves something open" + where;
            }
            for (const auto& outline : project->outlines("inventory").all()) {
                if (!said[outline->uuid + " name"].contains(outline->name) ||
                    !said[outline->uuid + " line"].contains(std::to_string(outline->area())) ||
                    !said[outline->uuid + " review"].contains(outlines::toString(outline->review))) {
                    return outline->uuid + " is what nobody said" + where;
                }
            }
            const auto again = joinOf(*project, {files[from]});
            if (!again.step.changes.empty() || !again.conflicts.empty()) {
                return std::to_string(again.step.changes.size()) + " changes when joined again" + where +
                       ", asks:" + described(again);
            }
            if (const std::string fault = undoneAndDoneAgain(*project, before); !fault.empty()) {
                return fault + where;
            }
        }
        return {};
    }

    /// What the last step changed, if anything, is taken back bit by bit, and done again.
    static std::string undoneAndDoneAgain(Project& project,
                                          const std::remove_cvref_t<decltype(contentsOf(project))>& before) {
        const auto joined = contentsOf(project);
        if (joined == before) {
            return {};
        }
        project.undo();
        if (!(contentsOf(project) == before)) {
            return "is not what it was when it is taken back";
        }
        project.redo();
        return contentsOf(project) == joined ? "" : "is not what it was when it is done again";
    }

private Q_SLOTS:
    void whatEachDidToTheirOwnGlaciersIsThereInTheEndInWhateverOrderItIsJoined() {
        const std::string faults = faultsOf([this](int seed) { return joinedParts(seed, true); });
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void soIsWhatAnotherProgramDidWithoutAnOpeningInBetween() {
        const std::string faults = faultsOf([this](int seed) { return joinedParts(seed, false); });
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void whatComesOfTwoWhoChangedTheSameIsWhatOneOfThemSaid() {
        const std::string faults = faultsOf([this](int seed) { return joinedCopies(seed, true); });
        QVERIFY2(faults.empty(), faults.c_str());
    }

    void soItIsWhereAnotherProgramWasThereTwiceWithoutAnOpeningInBetween() {
        const std::string faults = faultsOf([this](int seed) { return joinedCopies(seed, false); });
        QVERIFY2(faults.empty(), faults.c_str());
    }
};

QTEST_GUILESS_MAIN(ProjectJoinRandomTest)
#include "project_join_random_test.moc"
