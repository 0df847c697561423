// SPDX-License-Identifier: GPL-3.0-or-later
// A prediction whose program is killed goes on and ends as if nothing had been.

#include "system/programs.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace nunatak::tests;

class ResumeTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QStringList predict(const QString& out) const {
        return {"predict", "--scene", path("scene/scene.json"), "--out", path(out), "--overlap", "0.75",
                "--batch", "2"};
    }
    QByteArray bytesOf(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void compare(const QString& one, const QString& other) const {
        for (const char* name : {"probability.tif", "confidence.tif", "quality.tif", "outlines.tif"}) {
            const auto bytes = bytesOf(one + "/" + name);
            QVERIFY2(bytes.size() > 500, name);
            QVERIFY2(bytes == bytesOf(other + "/" + name), name);
        }
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("NUNATAK_USER_MODELS", path("models").toUtf8());
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("scene"), "--seed", "3", "--size", "256", "256"}));
        VERIFY_SUCCEEDED(cli(predict("whole")));
    }

    void aKilledPredictionGoesOnAndEndsInTheSameBytes() {
        QProcess process;
        process.start(NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli", predict("killed"));
        QVERIFY(process.waitForStarted());
        const QDir run(path("killed/run"));
        QElapsedTimer timer;
        timer.start();
        while (run.entryList({"strip*"}, QDir::Files).size() < 5 && timer.elapsed() < 60000 &&
               process.state() == QProcess::Running) {
            QTest::qWait(5);
        }
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QVERIFY2(run.exists("journal"), "the prediction was killed before it had finished rows");
        QVERIFY(!QFile::exists(path("killed/probability.tif")));

        const auto other = cli(predict("killed") + QStringList{"--resume", "--overlap", "0.5"});
        QCOMPARE(other.exitCode, 2); // --overlap twice
        auto arguments = predict("killed");
        arguments[arguments.indexOf("0.75")] = "0.5";
        const auto refused = cli(arguments + QStringList{"--resume"});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("other settings"), refused.explanation());

        // The batch size is kept, whatever is asked for.
        arguments = predict("killed");
        arguments[arguments.indexOf("2")] = "5";
        VERIFY_SUCCEEDED(cli(arguments + QStringList{"--resume"}));
        compare("whole", "killed");
        QVERIFY(!run.exists());
    }

    void predictingTwiceGivesTheSameBytes() {
        VERIFY_SUCCEEDED(cli(predict("again")));
        compare("whole", "again");
    }

    void anotherBatchSizeAndOtherThreadsGiveNearlyTheSameProbabilities() {
        auto arguments = predict("other");
        arguments[arguments.indexOf("2")] = "7";
        VERIFY_SUCCEEDED(cli(arguments + QStringList{"--threads", "1"}));
        const auto script =
            QString("import sys; from osgeo import gdal; gdal.UseExceptions(); import numpy as np\n"
                    "a, b = [gdal.Open(f).ReadAsArray() for f in ('%1', '%2')]\n"
                    "ok = np.isfinite(a)\n"
                    "assert (ok == np.isfinite(b)).all() and ok.any()\n"
                    "d = np.abs(a - b)[ok].max()\n"
                    "print(d); sys.exit(0 if d <= 1e-5 else 3)\n")
                .arg(path("whole/probability.tif"), path("other/probability.tif"));
        if (run("/usr/bin/python3", {"-c", "from osgeo import gdal; import numpy"}).exitCode != 0) {
            QSKIP("needs Debian's python3-gdal to compare rasters");
        }
        VERIFY_SUCCEEDED(run("/usr/bin/python3", {"-c", script}));
    }

    void aTileOfAnotherSizeIsRefusedWithTheReason() {
        const auto refused = cli(predict("tile") + QStringList{"--tile", "384"});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("positional embedding"), refused.explanation());
        QVERIFY(!QFile::exists(path("tile/run")));
    }
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "resume_test.moc"
