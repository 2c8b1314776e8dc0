-- Sends the token, the headers and the bodies a hot path asks for, and says in one line of JSON what wrk prints for people.
local token = os.getenv("BENCH_TOKEN")
if token and token ~= "" then
  wrk.headers["Authorization"] = "Bearer " .. token
end
for name, value in (os.getenv("BENCH_HEADERS") or ""):gmatch("([^:\n]+): ([^\n]*)") do
  wrk.headers[name] = value
end

-- Files of bodies, sent one after the other and over again; without one the path is only read.
local files = os.getenv("BENCH_BODIES") or ""
if files ~= "" then
  local requests, sent = {}, 0

  function init()
    wrk.headers["Content-Type"] = "application/json"
    for name in files:gmatch("[^\n]+") do
      local file = assert(io.open(name, "rb"))
      requests[#requests + 1] = wrk.format("POST", nil, nil, file:read("*a"))
      file:close()
    end
  end

  function request()
    sent = sent + 1
    return requests[(sent - 1) % #requests + 1]
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'REPORT {"requests": %d, "micros": %d, "p50": %d, "p99": %d, "not_2xx": %d, "socket": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
