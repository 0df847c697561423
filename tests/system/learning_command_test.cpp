// SPDX-License-Identifier: GPL-3.0-or-later
// Teaching a model on the command line: named, chosen for a project, gone back from, killed and gone on with.

#include "models/safetensors.h"
#include "system/programs.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;

class LearningCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QByteArray bytesOf(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList finetune(const QStringList& more) const {
        return QStringList{"finetune", m_project, "--from", "expert", "--batch", "2"} + more;
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("NUNATAK_USER_MODELS", path("models").toUtf8());
        m_project = path("valley.gpkg");
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("scene"), "--seed", "5", "--size", "256", "256"}));
        VERIFY_SUCCEEDED(cli({"project", "create", m_project, "--scene", path("scene/scene.json")}));
        VERIFY_SUCCEEDED(
            cli({"import", m_project, "--outlines", path("scene/outlines.gpkg"), "--layer", "expert"}));
    }

    void aVersionIsNamedChosenAndGoneBackFrom() {
        const auto made = cli(finetune({"--name", "Valley, first try", "--steps", "3", "--use"}));
        VERIFY_SUCCEEDED(made);
        QVERIFY2(made.out.contains("(Valley, first try)") &&
                     made.out.contains("The project predicts with it from now on."),
                 made.explanation());
        const auto versions = cli({"model", "versions", m_project});
        VERIFY_SUCCEEDED(versions);
        QVERIFY2(versions.out.contains("* Valley, first try  [valley-first-try v"), versions.explanation());
        QVERIFY2(versions.out.contains("starter") && versions.out.contains("IoU 0."), versions.explanation());
        const auto card = cli({"model", "card", "valley-first-try"});
        QVERIFY2(card.out.startsWith("# Valley, first try") && card.out.contains("| steps | 3 |") &&
                     card.out.contains("fingerprint of the outlines"),
                 card.explanation());
        const auto predicted = cli({"predict", m_project});
        QVERIFY2(predicted.out.contains("with valley-first-try"), predicted.explanation());
        VERIFY_SUCCEEDED(cli({"model", "use", m_project, "starter"}));
        const auto back = cli({"predict", m_project});
        QVERIFY2(back.out.contains("with starter"), back.explanation());
    }

    void whatShallNotLearnStaysAsItIsToTheLastBit() {
        const auto moved = [&](const QString& name, const QStringList& options) {
            const auto made =
                cli(finetune(QStringList{"--model", "starter", "--out", name, "--steps", "2"} + options));
            if (made.exitCode != 0) {
                return std::set<std::string>{made.explanation().toStdString()};
            }
            const auto before = models::readSafetensors(NUNATAK_BUILD_DIRECTORY
                                                        "/share/nunatak/models/starter/weights.safetensors");
            const auto after =
                models::readSafetensors(path("models/" + name + "/weights.safetensors").toStdString());
            std::set<std::string> changed;
            for (const auto& [weight, tensor] : before) {
                if (!(after.at(weight) == tensor)) {
                    changed.insert(weight);
                }
            }
            return changed;
        };
        const auto head = moved("head", {"--tune", "head"});
        QVERIFY2(head.contains("heads/output/kernel"),
                 head.empty() ? "nothing moved" : head.begin()->c_str());
        for (const auto& weight : head) {
            QVERIFY2(weight.starts_with("heads/"), weight.c_str());
        }
        const auto decoder = moved("decoder", {"--tune", "decoder"});
        QVERIFY(decoder.contains("unet/decoder1/up/kernel"));
        QVERIFY(!decoder.contains("unet/encoder2/conv1/kernel"));
        const auto isStatistic = [](const std::string& weight) {
            return weight.ends_with("moving_variance");
        };
        QVERIFY(std::ranges::none_of(moved("frozen", {}), isStatistic));
        QVERIFY(std::ranges::any_of(moved("learning", {"--batch-norm", "learning"}), isStatistic));
        const auto wrong = cli(finetune({"--out", "wrong", "--tune", "tail"}));
        QVERIFY(wrong.exitCode != 0);
        QVERIFY2(wrong.err.contains("--tune") && wrong.err.contains("decoder"), wrong.explanation());
    }

    void aProjectWhoseModelIsGoneSaysWhichAndWhatToDo() {
        VERIFY_SUCCEEDED(cli({"model", "use", m_project, "valley-first-try"}));
        QVERIFY(QFile::rename(path("models/valley-first-try"), path("away")));
        const auto lost = cli({"predict", m_project});
        QCOMPARE(lost.exitCode, 1);
        QVERIFY2(lost.err.contains("uses the model Valley, first try") && lost.err.contains("--model"),
                 lost.explanation());
        VERIFY_SUCCEEDED(cli({"model", "use", m_project, "starter"}));
    }

    void aKilledTrainingGoesOnAndEndsInTheSameWeights() {
        const QStringList what{"--steps", "40", "--seed", "4"};
        const auto whole = cli(finetune(what + QStringList{"--out", "whole"}));
        VERIFY_SUCCEEDED(whole);
        VERIFY_SUCCEEDED(cli({"model", "use", m_project, "starter"})); // else it would be learnt on from
        QProcess process;
        process.start(NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli",
                      finetune(what + QStringList{"--out", "killed", "--checkpoint", "0"}));
        QVERIFY(process.waitForStarted());
        QElapsedTimer timer;
        timer.start();
        while (!QFile::exists(path("valley.files/training/checkpoint-2.json")) && timer.elapsed() < 120000 &&
               process.state() == QProcess::Running) {
            QTest::qWait(5);
        }
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QVERIFY(!QFile::exists(path("models/killed")));
        // Another one does not take its place without a word.
        const auto another = cli(finetune({"--steps", "1", "--out", "other"}));
        QCOMPARE(another.exitCode, 1);
        QVERIFY2(another.err.contains("--resume") && another.err.contains("--discard"),
                 another.explanation());
        const auto goneOn = cli({"finetune", m_project, "--resume"});
        VERIFY_SUCCEEDED(goneOn);
        // As many steps, or as few where it had learnt all it could; the same losses.
        QCOMPARE(goneOn.out.section('\n', 0, 0), whole.out.section('\n', 0, 0));
        const auto one = cli({"model", "show", "whole", "--json"}).json();
        const auto other = cli({"model", "show", "killed", "--json"}).json();
        QCOMPARE(other["metrics"].dump(), one["metrics"].dump());
        QVERIFY(!QFile::exists(path("valley.files/training")));
        const auto nothing = cli({"finetune", m_project, "--resume"});
        QCOMPARE(nothing.exitCode, 1);
        QVERIFY2(nothing.err.contains("No training of this project was interrupted"), nothing.explanation());
    }

    void aDiskThatIsFullAtACheckpointIsToldAndTheModelIsMade() {
        // The folder beside the project cannot be made: nothing can be kept, all else goes on.
        QFile::remove(path("valley.files/training"));
        QFile file(path("valley.files/training"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto made = cli(finetune({"--steps", "2", "--out", "unkept", "--checkpoint", "0"}));
        VERIFY_SUCCEEDED(made);
        QVERIFY2(made.out.contains("cannot be kept"), made.explanation());
        QVERIFY(QFile::exists(path("models/unkept/model.json")));
        QVERIFY(file.remove());
    }
};

QTEST_GUILESS_MAIN(LearningCommandTest)
#include "learning_command_test.moc"
