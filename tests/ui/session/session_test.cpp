// SPDX-License-Identifier: GPL-3.0-or-later
// What all rooms share: the selection, and the settings of the user.
#include "core/project/project_fixture.h"

#include "ui/base/user_settings.h"
#include "ui/session/workspace.h"

#include <QSettings>
#include <QSignalSpy>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::PredictChoices;
using nunatak::ui::UserSettings;
using nunatak::ui::session::SelectionModel;
using nunatak::ui::session::Session;
using nunatak::ui::session::Workspace;
using Refs = std::vector<outlines::OutlineRef>;

class SessionTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;
    std::unique_ptr<Workspace> m_workspace;

    SelectionModel& selection() { return m_workspace->selection(); }
    project::Project& project() { return m_workspace->session()->project(); }
    QString settingsFile() {
        return QString::fromStdString(m_folder.newFile().replace_filename("user.ini").string());
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(InstallPaths{});
        auto made = project::Project::create(m_folder.newFile(), utm32());
        made->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 200, 0), square("c", 400, 0)});
        m_workspace->setSession(std::make_unique<Session>(std::move(made)));
    }
    void cleanup() { m_workspace.reset(); }

    void whatIsThereIsSelectedOnceAndTheLastOneIsActedOn() {
        QSignalSpy changed(&selection(), &SelectionModel::changed);
        selection().select(
            Refs{{"inventory", "a"}, {"inventory", "x"}, {"inventory", "c"}, {"inventory", "a"}});
        QVERIFY(selection().outlines() == (Refs{{"inventory", "a"}, {"inventory", "c"}}));
        QCOMPARE(selection().current()->uuid, std::string("c"));
        QCOMPARE(changed.size(), 1);
        selection().select(selection().outlines());
        QCOMPARE(changed.size(), 1); // the same is no news
        selection().clear();
        QVERIFY(!selection().current());
        QCOMPARE(changed.size(), 2);
    }

    void anEditOfWhatIsSelectedIsToldAndItStaysSelected() {
        selection().select(outlines::OutlineRef{"inventory", "b"});
        QSignalSpy changed(&selection(), &SelectionModel::changed);
        QSignalSpy edited(&selection(), &SelectionModel::edited);
        edit(
            project(), "inventory", "a", [](auto& outline) { outline.geometry = squareShape(0, 0, 90); },
            "Smaller");
        QCOMPARE(edited.size(), 1); // its layer was; whether it was itself is for who shows it
        edit(
            project(), "inventory", "b", [](auto& outline) { outline.geometry = squareShape(200, 0, 90); },
            "Smaller");
        QCOMPARE(edited.size(), 2);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(selection().current()->uuid, std::string("b"));
    }

    void whatAnUndoTakesAwayIsSelectedNoMore() {
        project().importOutlines(expertLayer(), {square("e", 0, 300)});
        selection().select(Refs{{"inventory", "a"}, {"expert", "e"}});
        QSignalSpy changed(&selection(), &SelectionModel::changed);
        project().undo();
        QTRY_VERIFY(!project().hasLayer("expert") || project().outlines("expert").find("e") == nullptr);
        QVERIFY(selection().outlines() == (Refs{{"inventory", "a"}}));
        QCOMPARE(changed.size(), 1);
    }

    void whereAnotherLayerHasTheSameGlacierTheSelectionGoesThere() {
        project().importOutlines(expertLayer(), {square("a", 0, 0)});
        selection().select(outlines::OutlineRef{"expert", "a"});
        project().undo();
        QTRY_VERIFY(selection().current() && selection().current()->layer == "inventory");
        QCOMPARE(selection().current()->uuid, std::string("a"));
    }

    void aProjectThatIsClosedLeavesNothingSelected() {
        selection().select(outlines::OutlineRef{"inventory", "a"});
        const auto taken = m_workspace->endSession();
        QVERIFY(selection().outlines().empty());
    }

    void howAProjectWasLookedAtIsThereAgain() {
        const auto file = project().file();
        m_workspace->session()->view().overlay = "condition:snow";
        m_workspace->session()->view().exaggeration = 2;
        m_workspace->prepareToEnd();
        m_workspace->endSession()->close();
        m_workspace->setSession(
            std::make_unique<Session>(project::Project::open(file, project::Access::ReadWrite)));
        QCOMPARE(m_workspace->session()->view().overlay, "condition:snow");
        QCOMPARE(m_workspace->session()->view().exaggeration, 2.0);
    }

    void whatTheUserChoseIsKeptByItsPurpose() {
        const auto file = settingsFile();
        {
            QSettings store(file, QSettings::IniFormat);
            UserSettings settings(store);
            settings.setFolder("outlines", "/somewhere");
            settings.setToldNotes("/a.gpkg", "a note");
            PredictChoices choices;
            choices.threshold = 0.4;
            choices.dropoutPasses = 7;
            choices.testTimeAugmentation = true;
            settings.setPredictChoices(choices);
        }
        QSettings store(file, QSettings::IniFormat);
        UserSettings settings(store);
        QCOMPARE(settings.folder("outlines"), "/somewhere");
        QCOMPARE(settings.folder("project"), "/somewhere"); // where files were chosen last
        QCOMPARE(settings.toldNotes("/a.gpkg"), "a note");
        QCOMPARE(settings.toldNotes("/b.gpkg"), "");
        settings.setToldNotes("/a.gpkg", {});
        QCOMPARE(settings.toldNotes("/a.gpkg"), "");
        const auto kept = settings.predictChoices({});
        QCOMPARE(kept.threshold, 0.4);
        QCOMPARE(kept.dropoutPasses, 7);
        QVERIFY(kept.testTimeAugmentation);
    }

    void whereNothingWasChosenThereIsTheUsual() {
        QSettings store(settingsFile(), QSettings::IniFormat);
        PredictChoices usual;
        usual.threshold = 0.3;
        usual.minimumArea = 20000;
        const auto choices = UserSettings(store).predictChoices(usual);
        QCOMPARE(choices.threshold, 0.3);
        QCOMPARE(choices.minimumArea, 20000.0);
        QVERIFY(!choices.testTimeAugmentation);
        QCOMPARE(UserSettings(store).folder("outlines"), QDir::homePath());
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
