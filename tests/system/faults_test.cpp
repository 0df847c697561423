// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that are killed between two renames, and disks that become full. Needs strace, and mounts of its
// own.
#include "system/programs.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

using namespace nunatak::tests;

class FaultsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString project() const { return path("good.gpkg"); }
    static QStringList entries(const QString& folder) {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    static QMap<QString, QByteArray> contents(const QString& folder) {
        QMap<QString, QByteArray> result;
        for (const auto& name : QDir(folder).entryList(QDir::Files)) {
            QFile file(folder + "/" + name);
            if (file.open(QIODevice::ReadOnly)) {
                result[name] = file.readAll();
            }
        }
        return result;
    }
    /// Kills the program at its rename of that number; false when it had fewer.
    bool killedAt(int rename, const QStringList& arguments) {
        const QString calls = "rename,renameat,renameat2";
        auto result =
            run("strace", QStringList{"-f", "-qq", "-o", path("trace.txt"), "-e", "trace=" + calls, "-e",
                                      "inject=" + calls + ":signal=KILL:when=" + QString::number(rename),
                                      NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli"} +
                              arguments);
        return result.exitCode != 0;
    }
    /// A shell script as the root of a namespace of its own, with a disk of `size` at $disk; $cli is the
    /// program.
    Finished onSmallDisk(const QString& size, const QString& script) {
        return run(
            "unshare",
            {"-rm", "sh", "-c",
             "cli=" NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli; cd " + m_folder.path() +
                 "; disk=$PWD/disk; mkdir -p $disk; mount -t tmpfs -o size=" + size +
                 " tmpfs $disk || exit 99; fill() { rm -f $disk/filler; "
                 "head -c $(( $(stat -f -c '%a * %S' $disk) - $1 * 1024 )) /dev/zero >$disk/filler; }; " +
                 script});
    }

private Q_SLOTS:
    void initTestCase() {
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("scene"), "--seed", "5", "--size", "128", "128"}));
        VERIFY_SUCCEEDED(cli({"project", "create", project(), "--scene", path("scene/scene.json")}));
        VERIFY_SUCCEEDED(
            cli({"import", project(), "--outlines", path("scene/outlines.gpkg"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(
            cli({"import", project(), "--outlines", path("scene/outlines.gpkg"), "--layer", "other"}));
        QVERIFY(QFile::copy(project(), path("other.gpkg")));
        VERIFY_SUCCEEDED(cli(
            {"import", path("other.gpkg"), "--outlines", path("scene/outlines.gpkg"), "--layer", "there"}));
    }

    void aKillBetweenTwoRenamesLeavesWholeFilesAndNoRest_data() {
        QTest::addColumn<QStringList>("arguments");
        const auto out = [](const QString& name) { return "out/" + name; };
        QTest::newRow("GeoPackage") << QStringList{"export", "good.gpkg", "--layer",
                                                   "expert", "--out",     out("a.gpkg")};
        QTest::newRow("Shapefile") << QStringList{"export", "good.gpkg", "--layer",
                                                  "expert", "--out",     out("a.shp")};
        QTest::newRow("weights") << QStringList{"model", "export-keras", "starter", "--out",
                                                out("a_weights.h5")};
        QTest::newRow("a simulation")
            << QStringList{"simulate", "--out", "out", "--seed", "5", "--size", "64", "64"};
    }
    void aKillBetweenTwoRenamesLeavesWholeFilesAndNoRest() {
        if (QStandardPaths::findExecutable("strace").isEmpty()) {
            QSKIP("strace is not installed");
        }
        QFETCH(QStringList, arguments);
        QDir::setCurrent(m_folder.path());
        QDir("out").removeRecursively();
        QDir().mkdir("out");
        VERIFY_SUCCEEDED(cli(arguments));
        const auto names = entries("out");
        const auto whole = contents("out");
        int kills = 0;
        while (kills < 30 && killedAt(kills + 1, arguments)) {
            ++kills;
            const auto left = contents("out");
            QCOMPARE(left.keys(), whole.keys()); // each file is there, old or new, and both are alike in size
            for (auto file = left.begin(); file != left.end(); ++file) {
                QVERIFY2(file.value().size() == whole[file.key()].size(), qPrintable(file.key()));
            }
        }
        QVERIFY(kills > 0);
        VERIFY_SUCCEEDED(cli(arguments));
        QCOMPARE(entries("out"), names);
    }

    void aCommandKilledAtAnyMomentLeavesTheProjectAsBeforeOrAfter_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("steps");
        QTest::newRow("import") << QStringList{"import",  "k.gpkg", "--outlines", "scene/outlines.gpkg",
                                               "--layer", "more"}
                                << 1;
        QTest::newRow("inventory") << QStringList{"inventory", "start", "k.gpkg", "--from", "expert"} << 1;
        QTest::newRow("predict") << QStringList{"predict", "k.gpkg", "--model", "starter"} << 1;
        QTest::newRow("remove") << QStringList{"project", "remove", "k.gpkg", "--layer", "expert"} << 1;
        QTest::newRow("rename") << QStringList{"project", "rename",  "k.gpkg", "--layer",
                                               "expert",  "--title", "Swiss"}
                                << 1;
        QTest::newRow("merge") << QStringList{"project", "merge", "k.gpkg", "other.gpkg"} << 1;
        QTest::newRow("compact") << QStringList{"project", "compact", "k.gpkg"} << 0;
        QTest::newRow("copy") << QStringList{"project", "copy", "k.gpkg", "out/copy.gpkg"} << 0;
        QTest::newRow("recover") << QStringList{"project", "recover", "k.gpkg", "--out", "out/copy.gpkg"}
                                 << 0;
        QTest::newRow("export") << QStringList{"export", "k.gpkg", "--layer", "expert", "--out", "out/a.gpkg"}
                                << 0;
    }
    void aCommandKilledAtAnyMomentLeavesTheProjectAsBeforeOrAfter() {
        QFETCH(QStringList, arguments);
        QFETCH(int, steps);
        QDir::setCurrent(m_folder.path());
        const int asked = qEnvironmentVariableIntValue("NUNATAK_COMMAND_KILLS");
        const int kills = asked > 0 ? asked : 8;
        const auto begin = [&] {
            QFile::remove("k.gpkg");
            QVERIFY(QFile::copy("good.gpkg", "k.gpkg"));
            QDir("out").removeRecursively();
            QDir().mkdir("out");
        };
        const auto stepsIn = [&](const QString& file) {
            const auto info = cli({"project", "info", file, "--json"});
            return info.succeeded() ? info.json()["history_steps"].get<int>() : -1;
        };
        begin();
        const int before = stepsIn("k.gpkg");
        QElapsedTimer clock;
        clock.start();
        VERIFY_SUCCEEDED(cli(arguments));
        auto whole = clock.elapsed(); // what a command takes just now, as far as is known
        QCOMPARE(stepsIn("k.gpkg"), before + steps);
        int killed = 0, done = 0;
        QRandomGenerator chance(20261130);
        for (int i = 0; killed < kills && i < 10 * kills; ++i) {
            begin();
            QProcess process;
            clock.start();
            process.start(NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli", arguments);
            QVERIFY(process.waitForStarted());
            process.waitForFinished(static_cast<int>(chance.bounded(static_cast<quint32>(whole) + 1)));
            process.kill();
            process.waitForFinished();
            if (process.exitStatus() == QProcess::CrashExit) {
                ++killed;
                whole += whole / 50 + 1;
            } else {
                whole = (whole + clock.elapsed()) / 2;
            }
            const bool hasSaid = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
            VERIFY_SUCCEEDED(cli({"project", "check", "k.gpkg"}));
            const int there = stepsIn("k.gpkg") - before;
            QVERIFY2(there == 0 || there == steps, qPrintable(QString::number(there)));
            QVERIFY(!hasSaid || there == steps);
            done += there == steps ? 1 : 0;
            if (QFile::exists("out/copy.gpkg")) {
                VERIFY_SUCCEEDED(cli({"project", "check", "out/copy.gpkg"}));
                QFile::remove("out/copy.gpkg");
            }
            VERIFY_SUCCEEDED(cli({"project", "rename", "k.gpkg", "--layer", "other", "--title", "Goes on"}));
        }
        qInfo("%d kills, %d times it was done all the same", killed, done);
        QCOMPARE(killed, kills);
    }

    void whileAnotherProgramHoldsTheFileCommandsSaySoAndNothingChanges_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("lock");
        const QStringList merge{"project", "merge", "k.gpkg", "other.gpkg"};
        const QStringList copy{"project", "copy", "k.gpkg", "out/copy.gpkg"};
        const QStringList write{"export", "k.gpkg", "--layer", "expert", "--out", "out/a.gpkg"};
        QTest::newRow("merge, writing") << merge << "IMMEDIATE";
        QTest::newRow("merge, alone") << merge << "EXCLUSIVE";
        QTest::newRow("compact, writing") << QStringList{"project", "compact", "k.gpkg"} << "IMMEDIATE";
        QTest::newRow("copy, alone") << copy << "EXCLUSIVE";
        QTest::newRow("export, alone") << write << "EXCLUSIVE";
    }
    void whileAnotherProgramHoldsTheFileCommandsSaySoAndNothingChanges() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, lock);
        QDir::setCurrent(m_folder.path());
        QFile::remove("k.gpkg");
        QVERIFY(QFile::copy("good.gpkg", "k.gpkg"));
        QDir("out").removeRecursively();
        QDir().mkdir("out");
        QByteArray before;
        {
            SQLite::Database other("k.gpkg", SQLite::OPEN_READWRITE);
            other.exec("PRAGMA journal_mode=DELETE"); // in which a lock keeps readers away, too
            before = contents(".").value("k.gpkg");
            other.exec("BEGIN " + lock.toStdString());
            const auto said = cli(arguments);
            QVERIFY2(said.exitCode == 1, said.explanation());
            QVERIFY2(said.err.contains("Another program holds ") && said.err.contains("k.gpkg"),
                     said.explanation());
            QVERIFY2(entries("out").isEmpty(), said.explanation());
            other.exec("ROLLBACK");
        }
        QVERIFY(contents(".").value("k.gpkg") == before);
        VERIFY_SUCCEEDED(cli(arguments));
    }

    void whereverAnExportFailsWhatWasThereStaysOrTheNewIsWhole_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"a.gpkg", "a.shp", "a.geojson", "a.kml", "a.fgb"}) {
            QTest::newRow(name) << QString(name);
        }
    }
    void whereverAnExportFailsWhatWasThereStaysOrTheNewIsWhole() {
        if (QStandardPaths::findExecutable("strace").isEmpty()) {
            QSKIP("strace is not installed");
        }
        QFETCH(QString, name);
        QDir::setCurrent(m_folder.path());
        const QStringList arguments{"export", "good.gpkg",   "--layer",    "expert",
                                    "--out",  "out/" + name, "--overwrite"};
        const QMap<QString, QByteArray> before{{name, "what was there"}};
        const auto begin = [&] {
            QDir("out").removeRecursively();
            QDir().mkdir("out");
            QFile file("out/" + name);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(before[name]) > 0);
        };
        begin();
        VERIFY_SUCCEEDED(cli(arguments));
        const auto whole = contents("out");
        const auto isWhole = [&](const QMap<QString, QByteArray>& files) {
            return files.keys() == whole.keys() &&
                   std::equal(files.begin(), files.end(), whole.begin(),
                              [](const QByteArray& a, const QByteArray& b) { return a.size() == b.size(); });
        };
        int failures = 0, done = 0;
        for (const QString call : {"write", "pwrite64", "ftruncate", "fsync", "renameat2"}) {
            for (const QString times : {"", "+"}) { // the n-th alone, or it and all that follow
                for (int n = 1; n < 1000; ++n) {
                    begin();
                    const QString inject = "inject=" + call + ":error=" + (n % 2 == 0 ? "EIO" : "ENOSPC") +
                                           ":when=" + QString::number(n) + times;
                    const auto said =
                        run("strace", QStringList{"-f", "-qq", "-o", "trace.txt", "-e", "trace=" + call, "-e",
                                                  inject, NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli"} +
                                          arguments);
                    QFile trace("trace.txt");
                    QVERIFY(trace.open(QIODevice::ReadOnly));
                    if (!trace.readAll().contains("(INJECTED)")) {
                        break;
                    }
                    const QByteArray about = inject.toUtf8() + "; " + said.explanation();
                    const auto left = contents("out");
                    QCOMPARE(entries("out"), left.keys());
                    QVERIFY2(isWhole(left) || (said.exitCode == 1 && left == before), about);
                    // Where nothing can be written any more, nothing can be said.
                    const bool canSay = call != "write" || times.isEmpty();
                    QVERIFY2(said.exitCode == 0 || !canSay || said.err.contains("out") ||
                                 said.err.contains("a.") || said.err.contains("results"),
                             about);
                    QVERIFY2(!said.err.contains("/.nunatak-"), about);
                    ++(said.exitCode == 0 ? done : failures);
                }
            }
        }
        qInfo("failed %d times, and %d times it was done all the same", failures, done);
        QVERIFY(failures > 10);
    }

    void aDiskThatBecomesFullLeavesNothingHalfMade_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("result");
        QTest::addColumn<int>("room"); // KiB
        for (const int room : {4, 40, 100, 116}) {
            QTest::addRow("a project, %d KiB", room) << "project create $disk/x --scene scene/scene.json"
                                                     << "x" << room;
        }
        for (const int room : {4, 20, 60}) {
            QTest::addRow("an export, %d KiB", room) << "export good.gpkg --layer expert --out $disk/x.gpkg"
                                                     << "x.gpkg" << room;
            QTest::addRow("a Shapefile, %d KiB", room) << "export good.gpkg --layer expert --out $disk/x.shp"
                                                       << "x.shp" << room / 4;
            QTest::addRow("a scene, %d KiB", room) << "simulate --out $disk/x --seed 5 --size 128 128"
                                                   << "x/scene.json" << room;
        }
        for (const int room : {4, 500, 2000}) {
            QTest::addRow("weights, %d KiB", room) << "model export-keras starter --out $disk/x_weights.h5"
                                                   << "x_weights.h5" << room;
        }
    }
    void aDiskThatBecomesFullLeavesNothingHalfMade() {
        QFETCH(QString, command);
        QFETCH(QString, result);
        QFETCH(int, room);
        const auto said = onSmallDisk(
            "8m", "fill " + QString::number(room) + "; $cli " + command + "; code=$?; [ -e $disk/" + result +
                      " ] && echo half-made; ls -A $disk | grep '^\\.nunatak' && echo leftover; exit $code");
        if (said.exitCode == 99 || said.err.contains("unshare")) {
            QSKIP("no mounts of one's own here");
        }
        QVERIFY2(said.exitCode == 1, said.explanation());
        QVERIFY2(!said.out.contains("half-made") && !said.out.contains("leftover"), said.explanation());
        QVERIFY2(!said.err.contains("unforeseen"), said.explanation());
    }

    void aProjectOnAFullDiskStaysReadable() {
        const auto said =
            onSmallDisk("8m", "cp good.gpkg $disk/p.gpkg; for room in 0 8 40 200; do fill $room; "
                              "$cli import $disk/p.gpkg --outlines scene/outlines.gpkg --layer more$room; [ "
                              "$? -lt 2 ] || exit 3; "
                              "fill 0; $cli project info $disk/p.gpkg || exit 4; done");
        if (said.exitCode == 99 || said.err.contains("unshare")) {
            QSKIP("no mounts of one's own here");
        }
        VERIFY_SUCCEEDED(said);
    }
};

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
