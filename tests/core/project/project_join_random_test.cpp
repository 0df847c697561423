// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "team_fixture.h"

#include <random>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Access;
using project::Prefer;
using project::Project;

/// Random work in several parts, joined in a random order: NUNATAK_SEEDS says how many times.
class ProjectJoinRandomTest : public QObject {
    Q_OBJECT

    TeamFolder m_team;

    static int seeds() {
        bool isNumber = false;
        const int wanted = qEnvironmentVariableIntValue("NUNATAK_SEEDS", &isNumber);
        return isNumber ? wanted : 8;
    }

    static int firstSeed() { return qEnvironmentVariableIntValue("NUNATAK_FIRST_SEED"); }

    /// One who works at random.
    class Somebody {
    public:
        explicit Somebody(unsigned seed) : m_random(seed) {}

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
            { const auto project = Project::open(file); } // what was done so before is a step, then
            const auto uuid = std::next(own.begin(), upTo(static_cast<int>(own.size())));
            sql(file, "UPDATE inventory SET name = 'In QGIS " + std::to_string(++m_count) +
                          "' WHERE uuid = '" + *uuid + "'");
        }

        std::mt19937 m_random;
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

    static QString described(const project::Join& join) {
        QString text;
        for (const auto& conflict : join.conflicts) {
            text += QString(" %1 of %2 and %3:")
                        .arg(conflict.uuid.c_str(), conflict.ours.c_str(), conflict.source.c_str());
            for (const auto& what : conflict.disagreements) {
                text += QString(" %1 %2 | %3;").arg(what.what.c_str(), what.here.c_str(), what.there.c_str());
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

private Q_SLOTS:
    void whatEachDidToTheirOwnGlaciersIsThereInTheEndInWhateverOrderItIsJoined() {
        for (int seed = firstSeed(); seed < firstSeed() + seeds(); ++seed) {
            Somebody anybody(static_cast<unsigned>(seed));
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
                    QVERIFY2(join.conflicts.empty(),
                             qPrintable(QString("seed %1 round %2: %3 from %4: %5")
                                            .arg(seed)
                                            .arg(round)
                                            .arg(to.filename().c_str(), source.filename().c_str(),
                                                 described(join))));
                }
            }
            const auto whole = Project::open(file);
            const auto before = contentsOf(*whole);
            std::vector<std::filesystem::path> files;
            for (const Part& part : parts) {
                files.insert(files.begin() + anybody.upTo(static_cast<int>(files.size()) + 1), part.file);
            }
            const auto join = merge(*whole, files);
            QVERIFY2(join.conflicts.empty(),
                     qPrintable(QString("seed %1: %2").arg(seed).arg(described(join))));
            std::size_t count = 0;
            for (const Part& part : parts) {
                const auto theirs = Project::open(part.file, Access::ReadOnly);
                for (const auto& uuid : part.own) {
                    count += glacier(*theirs, uuid) ? 1 : 0;
                    QVERIFY2(described(glacier(*whole, uuid)) == described(glacier(*theirs, uuid)),
                             qPrintable(QString("seed %1: %2 is %3, not %4")
                                            .arg(seed)
                                            .arg(uuid.c_str(), described(glacier(*whole, uuid)).c_str(),
                                                 described(glacier(*theirs, uuid)).c_str())));
                }
            }
            QCOMPARE(whole->outlines("inventory").size(), count);
            QCOMPARE(joinOf(*whole, files).step.changes.size(), std::size_t{0});
            if (!join.step.changes.empty()) {
                const auto joined = contentsOf(*whole);
                whole->undo();
                QVERIFY2(contentsOf(*whole) == before, qPrintable(QString("seed %1").arg(seed)));
                whole->redo();
                QVERIFY2(contentsOf(*whole) == joined, qPrintable(QString("seed %1").arg(seed)));
            }
        }
    }

    void whatComesOfTwoWhoChangedTheSameIsWhatOneOfThemSaid() {
        for (int seed = firstSeed(); seed < firstSeed() + seeds(); ++seed) {
            Somebody anybody(static_cast<unsigned>(1000 + seed));
            std::vector<std::filesystem::path> files{m_team.inventoryOf(6)};
            files.push_back(m_team.copyOf(files[0]));
            files.push_back(m_team.copyOf(files[0]));
            std::map<std::string, std::set<std::string>> said; // by glacier and field
            const auto listen = [&](const std::filesystem::path& file) {
                for (const auto& outline :
                     Project::open(file, Access::ReadOnly)->outlines("inventory").all()) {
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
                QCOMPARE(join.undecided, 0);
                for (const auto& outline : project->outlines("inventory").all()) {
                    QVERIFY(said[outline->uuid + " name"].contains(outline->name));
                    QVERIFY(said[outline->uuid + " line"].contains(std::to_string(outline->area())));
                    QVERIFY(said[outline->uuid + " review"].contains(outlines::toString(outline->review)));
                }
                // Nothing that was there is gone unless somebody removed it, or it was decided so.
                for (const auto& conflict : join.conflicts) {
                    QVERIFY(conflict.choice != project::Choice::Undecided);
                }
                const auto again = joinOf(*project, {files[from]});
                QVERIFY2(again.step.changes.empty() && again.conflicts.empty(),
                         qPrintable(QString("seed %1 round %2: %3 changes, %4 conflicts")
                                        .arg(seed)
                                        .arg(round)
                                        .arg(again.step.changes.size())
                                        .arg(again.conflicts.size())));
                const auto joined = contentsOf(*project);
                if (joined != before) {
                    project->undo();
                    QVERIFY2(contentsOf(*project) == before, qPrintable(QString("seed %1").arg(seed)));
                    project->redo();
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(ProjectJoinRandomTest)
#include "project_join_random_test.moc"
