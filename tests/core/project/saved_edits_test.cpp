// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is done to an inventory, by chance and in all three ways, is the same bit by bit when the project
// was closed and is opened again; all of it is taken back then, and done again.
//
// NUNATAK_EDITS says how many in each inventory.
#include "core/editing/edit_judge.h"
#include "core/editing/planar_layers.h"
#include "core/editing/real_layers.h"
#include "core/editing/reference_layer.h"
#include "project/project.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>

using namespace nunatak;
using outlines::OutlineHandle;
using tests::RandomEdits;

namespace {

const std::string inventory = "inventory";
constexpr int perLayer = 100;

int editsWanted() {
    const int asked = qEnvironmentVariableIntValue("NUNATAK_EDITS");
    return asked > 0 ? asked : perLayer;
}

/// A project with an inventory that chance edits through its own door, also after a reference.
class ProjectEdits {
public:
    ProjectEdits(const QString& folder, const geo::Crs& crs, const outlines::OutlineSet& outlines)
        : m_file((folder + QStringLiteral("/edited.gpkg")).toStdString()),
          m_project(project::Project::create(m_file, crs)), m_crs(crs) {
        std::vector<outlines::Outline> all;
        for (const OutlineHandle& outline : outlines.all()) {
            all.push_back(*outline);
        }
        m_project->importOutlines({inventory, outlines::LayerKind::Inventory, "", "2000-08-01"},
                                  std::move(all));
        tests::addReference(m_references, m_project->outlines(inventory), 1);
    }

    /// How many steps they were.
    int edit(unsigned seed, int count) {
        const auto set = [this]() -> const outlines::OutlineSet& { return m_project->outlines(inventory); };
        const auto draft = [&] {
            return editing::Draft(
                [&](const std::string& name) {
                    const auto reference = m_references.all.find(name);
                    return reference != m_references.all.end() ? editing::DraftLayer(&reference->second)
                           : m_project->hasLayer(name) ? editing::DraftLayer(&m_project->outlines(name))
                                                       : editing::DraftLayer();
                },
                m_indices);
        };
        RandomEdits edits(draft, set, inventory, m_crs, seed);
        int steps = 0;
        for (int i = 0; i < count; ++i) {
            if (const auto made = edits.make(); made.edit) {
                const auto done = m_project->commit(*made.edit);
                steps += done.outcome == project::Committed::Outcome::Done ? 1 : 0;
                stretches += made.operation.kind == tests::Operation::TakeStretch ? 1 : 0;
            }
        }
        return steps;
    }

    void reopen() {
        m_project->close();
        m_project.reset();
        m_project = project::Project::open(m_file);
    }

    project::Project& project() { return *m_project; }

    int stretches = 0; ///< taken from the reference

    /// The inventory's outlines in the order of their UUIDs.
    std::vector<outlines::Outline> outlines() const {
        std::vector<outlines::Outline> all;
        for (const OutlineHandle& outline : m_project->outlines(inventory).all()) {
            all.push_back(*outline);
        }
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.uuid < b.uuid; });
        return all;
    }

private:
    std::filesystem::path m_file;
    std::unique_ptr<project::Project> m_project;
    geo::Crs m_crs;
    tests::Layers m_references;
    editing::EdgeIndices m_indices;
};

bool areTheSame(const std::vector<outlines::Outline>& a, const std::vector<outlines::Outline>& b) {
    return a == b &&
           std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
               return tests::haveSameBits(one.geometry, other.geometry);
           });
}

} // namespace

class SavedEditsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsAreTheSameAfterOpeningAgainAndAreTakenBack_data() {
        tests::addRealLayers();
        QTest::newRow("by chance") << QString() << "EPSG:32632";
    }
    void editsAreTheSameAfterOpeningAgainAndAreTakenBack() {
        QFETCH(const QString, file);
        QFETCH(const QString, crs);
        if (!file.isEmpty() && !QFileInfo::exists(file)) {
            QSKIP("The real outlines are not there.");
        }
        const int wanted = editsWanted();
        int steps = 0, stretches = 0;
        for (int done = 0; done < wanted; done += perLayer) {
            const unsigned seed = 1 + static_cast<unsigned>(done / perLayer);
            tests::Layers layers;
            if (file.isEmpty()) {
                tests::PlanarLayer(seed).make(layers, inventory);
            } else {
                layers = tests::realLayer(inventory, file, crs);
            }
            const QTemporaryDir folder;
            ProjectEdits edits(folder.path(), geo::Crs::fromUserInput(crs.toStdString()),
                               layers.all[inventory]);
            const auto before = edits.outlines();
            const int made = edits.edit(seed, perLayer);
            const auto after = edits.outlines();
            edits.reopen();
            QVERIFY(areTheSame(edits.outlines(), after));
            for (int i = 0; i < made; ++i) {
                edits.project().undo();
            }
            QVERIFY(areTheSame(edits.outlines(), before));
            edits.reopen();
            QVERIFY(areTheSame(edits.outlines(), before));
            for (int i = 0; i < made; ++i) {
                edits.project().redo();
            }
            QVERIFY(areTheSame(edits.outlines(), after));
            steps += made;
            stretches += edits.stretches;
        }
        qInfo("%d edits, %d steps, %d stretches of a reference", wanted, steps, stretches);
        QVERIFY(stretches > 0);
        QVERIFY(steps > wanted / 3);
    }
};

QTEST_APPLESS_MAIN(SavedEditsTest)
#include "saved_edits_test.moc"
