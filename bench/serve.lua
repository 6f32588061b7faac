-- serve.lua - for wrk: the addresses of a file (one a line, by KHABAR_PATHS) in an order of chance, and the percentiles that matter.
local paths = {}
for line in io.lines(os.getenv("KHABAR_PATHS")) do
    paths[#paths + 1] = line
end

function init(args)
    math.randomseed(os.time())
end

function request()
    return wrk.format("GET", paths[math.random(#paths)])
end

function done(summary, latency, requests)
    local bad = summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.write + summary.errors.connect
    io.write(string.format("%.0f %.2f %.2f %.2f %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3,
        latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, bad))
end
