// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <nlohmann/json.hpp>

namespace nunatak::tests {

/// What a program that has ended left behind.
struct Finished {
    int exitCode = -1;
    QString out;
    QString err;

    bool succeeded() const { return exitCode == 0; }
    /// For a failure message of a test.
    QByteArray explanation() const {
        return QString("exit code %1\nstdout: %2\nstderr: %3").arg(exitCode).arg(out, err).toUtf8();
    }
    nlohmann::json json() const { return nlohmann::json::parse(out.toStdString()); }
};

inline Finished run(const QString& program, const QStringList& arguments, int seconds = 300) {
    QProcess process;
    process.start(program, arguments);
    Finished result;
    if (!process.waitForFinished(seconds * 1000)) {
        process.kill();
        process.waitForFinished();
        result.err = "did not start or did not end in time";
        return result;
    }
    result.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.err = QString::fromUtf8(process.readAllStandardError());
    return result;
}

inline Finished cli(const QStringList& arguments) {
    return run(NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli", arguments);
}

inline Finished desktop(const QStringList& arguments) {
    return run(NUNATAK_BUILD_DIRECTORY "/bin/nunatak", arguments);
}

} // namespace nunatak::tests

/// Fails with everything the program printed when it did not end well. Runs it once.
#define VERIFY_SUCCEEDED(run)                                                                                \
    do {                                                                                                     \
        const nunatak::tests::Finished finishedRun = (run);                                                  \
        QVERIFY2(finishedRun.succeeded(), finishedRun.explanation().constData());                            \
    } while (false)
