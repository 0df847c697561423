// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job.h"

#include "base/error.h"
#include "job_shared.h"

#include <algorithm>
#include <filesystem>
#include <new>

namespace nunatak::jobs {

namespace {

/// An estimate from less time or less work than this would be a guess.
constexpr std::chrono::milliseconds firstMoments{1000};
constexpr double firstFraction = 0.01;

} // namespace

bool Job::Shared::begin() {
    {
        const std::lock_guard lock(m_mutex);
        if (m_state != State::Waiting) {
            return false;
        }
        m_state = State::Running;
        m_started = m_reported = Clock::now();
    }
    changed(false);
    return true;
}

void Job::Shared::run() {
    const Progress progress([this](double fraction, std::string_view stage) { report(fraction, stage); },
                            stop.get_token());
    auto outcome = outcomeOfWork(progress);
    // What the work holds goes before anybody hears that it ended.
    work = nullptr;
    end(State::Running, std::move(outcome));
}

Job::Shared::Outcome Job::Shared::outcomeOfWork(const Progress& progress) const {
    const auto failed = [](const std::string& sentence) {
        return Outcome{State::Failed, sentence, std::make_exception_ptr(Error(sentence))};
    };
    try {
        work(progress);
        return {};
    } catch (const nunatak::Cancelled&) {
        return {State::Cancelled, {}, std::current_exception()};
    } catch (const Error& error) {
        return {State::Failed, error.what(), std::current_exception()};
    } catch (const std::bad_alloc&) {
        return failed(title +
                      " needs more memory than there is; close other programs or work on a smaller region.");
    } catch (const std::filesystem::filesystem_error& error) {
        return failed("\"" + error.path1().string() + "\" cannot be used (" + error.code().message() +
                      "); look at the path and its rights.");
    } catch (const std::exception& unexpected) {
        return failed(title + " stopped unexpectedly (" + unexpected.what() + "); please report this.");
    } catch (...) {
        return failed(title + " stopped unexpectedly; please report this.");
    }
}

void Job::Shared::report(double fraction, std::string_view stage) {
    {
        const std::lock_guard lock(m_mutex);
        m_fraction = std::max(m_fraction, fraction); // a bar that moves back would only confuse
        m_reported = Clock::now();
        if (!stage.empty()) {
            m_stage = stage;
        }
    }
    changed(false);
}

void Job::Shared::cancel() {
    stop.request_stop();
    end(State::Waiting, {State::Cancelled, {}, std::make_exception_ptr(nunatak::Cancelled())});
}

void Job::Shared::end(State from, Outcome outcome) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_state != from) {
            return;
        }
        m_state = outcome.state;
        m_fraction = outcome.state == State::Succeeded ? 1 : m_fraction;
        m_outcome = std::move(outcome);
    }
    m_finished.notify_all();
    changed(true);
}

bool Job::Shared::finished() const {
    const std::lock_guard lock(m_mutex);
    return isFinished();
}

void Job::Shared::waitUntilFinished() const {
    std::unique_lock lock(m_mutex);
    m_finished.wait(lock, [this] { return isFinished(); });
}

Status Job::Shared::status() const {
    const std::lock_guard lock(m_mutex);
    Status status;
    status.state = m_state;
    status.fraction = m_fraction;
    status.stage = m_stage;
    status.error = m_outcome.error;
    const auto worked = m_reported - m_started;
    if (m_state == State::Running && m_fraction >= firstFraction && worked >= firstMoments) {
        // As fast as so far, counted down since the last word of it.
        const auto whole = std::chrono::duration<double>(worked) / m_fraction;
        const auto left = whole - std::chrono::duration<double>(Clock::now() - m_started);
        status.remaining = std::chrono::seconds(
            std::max<std::chrono::seconds::rep>(0, std::chrono::ceil<std::chrono::seconds>(left).count()));
    }
    return status;
}

std::exception_ptr Job::Shared::thrown() const {
    const std::lock_guard lock(m_mutex);
    return m_outcome.thrown;
}

Job::Job(std::shared_ptr<Shared> shared) : m_shared(std::move(shared)) {}

const std::string& Job::title() const {
    return m_shared->title;
}
Status Job::status() const {
    return m_shared->status();
}
bool Job::finished() const {
    return m_shared->finished();
}
void Job::cancel() {
    m_shared->cancel();
}
void Job::wait() const {
    m_shared->waitUntilFinished();
}

void Job::rethrow() const {
    if (const auto thrown = m_shared->thrown()) {
        std::rethrow_exception(thrown);
    }
}

} // namespace nunatak::jobs
